// top: replication_zero
// clock: clk
// What is repeated zero times is no part of a concatenation: extensions whose widths are parameters use that.
module pad #(parameter FROM = 8, parameter TO = 8) (input [FROM-1:0] a, output [TO-1:0] zero, sign, output [TO+1:0] both);
    assign zero = {{(TO-FROM){1'b0}}, a};
    assign sign = {{(TO-FROM){a[FROM-1]}}, a};
    assign both = {1'b1, {(TO-FROM){1'b0}}, a, {(TO-FROM){1'b1}}, 1'b1};
endmodule

module replication_zero(input clk, input [7:0] d, output [7:0] z8, s8, output [11:0] z12, s12, output [9:0] b8, output [13:0] b12, output reg [15:0] q);
    localparam NONE = 0;
    pad #(.FROM(8), .TO(8)) same(.a(d), .zero(z8), .sign(s8), .both(b8));
    pad #(.FROM(8), .TO(12)) wider(.a(d), .zero(z12), .sign(s12), .both(b12));
    always @(posedge clk) q <= {d, {NONE{d, 1'b1}}, {{NONE{1'b1}}, d[3:0]}, 4'h9};
endmodule
