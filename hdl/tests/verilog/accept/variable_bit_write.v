// top: variable_bit_write
// clock: clk
// reset: rst
// Writes of one bit, of a slice and of a nibble by variable positions, blocking and non-blocking.
module variable_bit_write(input clk, rst, input [3:0] pos, input v, input [3:0] nib, output reg [15:0] r, output reg [15:0] t, output [15:0] onehot);
    always @(posedge clk)
        if (rst) r <= 16'd0;
        else begin
            r[pos] <= v;
            r[{pos[3:2], 2'b00} +: 2] <= nib[1:0];
        end
    always @(posedge clk) begin
        if (rst) t = 16'h1234;
        t[pos] = ~t[pos];
        t[pos[1:0] * 4 +: 4] = t[pos[1:0] * 4 +: 4] + nib;
    end
    reg [15:0] h;
    always @* begin
        h = 0;
        h[pos] = 1'b1;
    end
    assign onehot = h;
endmodule
