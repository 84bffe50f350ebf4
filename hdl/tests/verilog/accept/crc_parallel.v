// top: crc_parallel
// clock: clk
// reset: rst
// CRC-32 of a byte a cycle by a function with a loop.
module crc_parallel(input clk, rst, en, input [7:0] data, output [31:0] crc);
    function [31:0] next_crc;
        input [31:0] crc;
        input [7:0] data;
        integer i;
        begin
            next_crc = crc ^ data;
            for (i = 0; i < 8; i = i + 1)
                if (next_crc[0]) next_crc = (next_crc >> 1) ^ 32'hEDB8_8320;
                else next_crc = next_crc >> 1;
        end
    endfunction

    reg [31:0] state;
    always @(posedge clk)
        if (rst) state <= ~32'd0;
        else if (en) state <= next_crc(state, data);
    assign crc = ~state;
endmodule
