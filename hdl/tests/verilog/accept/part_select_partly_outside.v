// top: part_select_partly_outside
// clock: clk
// Parts of which the upper bits lie outside: these read as 0 and are not written, the others are.
module part_select_partly_outside(input clk, input [7:0] x, input [2:0] i, input [3:0] v, output [5:0] a, output reg [7:0] c, d, output [3:0] e);
    assign a = x[9:4];
    assign e = x[i +: 4];
    initial c = 8'd0;
    initial d = 8'd0;
    always @(posedge clk) begin
        c[9:6] <= v;
        d[i +: 4] <= v;
    end
endmodule
