// top: concat_left
// clock: clk
// Concatenations on the left with bits, slices and nests; carries into several targets; continuous ones too.
module concat_left(input clk, input [7:0] a, b, output [3:0] hi, lo, output c, output reg [7:0] p, q, output reg [2:0] r);
    wire [7:0] s;
    assign {c, s} = a + b;
    assign {hi, lo} = {s[3:0], s[7:4]};
    always @(posedge clk) begin
        {p[7:4], {q[0], q[3:1]}, r[1]} <= {a[3:0], b[4:0]};
        {r[2], r[0]} <= a[1:0] + b[1:0];
        {p[3:0], q[7:4]} <= a * b;
    end
endmodule
