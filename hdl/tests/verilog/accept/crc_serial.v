// top: crc_serial
// clock: clk
// reset: rst
// CRC-16/CCITT bit by bit, polynomial as a parameter.
module crc_serial #(parameter [15:0] POLY = 16'h1021, parameter [15:0] INIT = 16'hFFFF) (
    input clk, input rst, input en, input d, output [15:0] crc, output ok
);
    reg [15:0] r;
    wire feedback = r[15] ^ d;
    always @(posedge clk)
        if (rst) r <= INIT;
        else if (en) r <= (r << 1) ^ (POLY & {16{feedback}});
    assign crc = r;
    assign ok = r === 16'h0000;
endmodule
