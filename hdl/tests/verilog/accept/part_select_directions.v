// top: part_select_directions
// Constant and indexed part selects on ascending, descending, shifted and negative ranges, on both sides.
module part_select_directions(
    input [7:0] down, input [0:7] up, input [11:4] high, input [-1:-8] neg, input [-3:4] span, input [2:0] i,
    output [3:0] a, b, c, d, e, output [7:0] ia, ib, output [2:0] ic, id, output bit_up, bit_neg,
    output reg [0:15] wr, output reg [19:4] wh
);
    assign a = down[6:3];
    assign b = up[1:4];
    assign c = high[9:6];
    assign d = neg[-2:-5];
    assign e = span[-1:2];
    assign ia = {down[i[1:0] +: 2], down[7 - i -: 1], up[i[1:0] +: 3], 2'b0};
    assign ib = {up[i +: 1], up[7 -: 2], high[4 + i[1:0] +: 1], high[11 -: 3], 1'b1};
    assign ic = span[i[1:0] - 3 +: 3];
    assign id = neg[-1 -: 3];
    assign bit_up = up[i];
    assign bit_neg = neg[-1 - i];
    always @* begin
        wr = 16'd0;
        wr[0:3] = down[3:0];
        wr[i + 4 +: 4] = up[0:3];
        wr[15 -: 2] = 2'b10;
        wh = 16'hffff;
        wh[4 +: 3] = i;
        wh[19 - i -: 2] = down[1:0];
        wh[12] = 1'b0;
    end
endmodule
