// top: crc_matrix
// clock: clk
// reset: rst
// A CRC of 64 bits at once whose equations a constant function finds by running the shift register: millions of statements.
module crc_step #(parameter WIDTH = 32, parameter POLY = 32'h04c11db7, parameter DATA = 64)
    (input wire [WIDTH-1:0] state, input wire [DATA-1:0] data, output wire [WIDTH-1:0] next);
    function [WIDTH+DATA-1:0] mask(input [31:0] bit_number);
        reg [WIDTH-1:0] from_state[WIDTH-1:0];
        reg [DATA-1:0] from_data[WIDTH-1:0];
        reg [WIDTH-1:0] top_state;
        reg [DATA-1:0] top_data, at;
        integer i;
        begin
            for (i = 0; i < WIDTH; i = i + 1) begin
                from_state[i] = 0;
                from_state[i][i] = 1'b1;
                from_data[i] = 0;
            end
            for (at = {1'b1, {DATA-1{1'b0}}}; at != 0; at = at >> 1) begin
                top_state = from_state[WIDTH-1];
                top_data = from_data[WIDTH-1] ^ at;
                for (i = WIDTH - 1; i > 0; i = i - 1) begin
                    from_state[i] = from_state[i-1];
                    from_data[i] = from_data[i-1];
                end
                from_state[0] = top_state;
                from_data[0] = top_data;
                for (i = 1; i < WIDTH; i = i + 1)
                    if ((POLY >> i) & 1) begin
                        from_state[i] = from_state[i] ^ top_state;
                        from_data[i] = from_data[i] ^ top_data;
                    end
            end
            mask = {from_data[bit_number], from_state[bit_number]};
        end
    endfunction
    genvar n;
    generate
        for (n = 0; n < WIDTH; n = n + 1) begin : bits
            wire [WIDTH+DATA-1:0] taps = mask(n);
            assign next[n] = ^({data, state} & taps);
        end
    endgenerate
endmodule

module crc_matrix(input wire clk, input wire rst, input wire [63:0] d, output reg [31:0] crc = 32'hffffffff);
    wire [31:0] next;
    crc_step step(.state(crc), .data(d), .next(next));
    always @(posedge clk) crc <= rst ? 32'hffffffff : next;
endmodule
