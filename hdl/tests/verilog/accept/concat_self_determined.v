// top: concat_self_determined
// Operands of concatenations, replications, shift counts, indexes and logical operators keep their own width.
module concat_self_determined(
    input [3:0] a, b, input signed [3:0] s, input [15:0] v,
    output [15:0] c1, c2, c3, output [7:0] rep, output bit_of, output logic_and, output [15:0] sel, output [7:0] power
);
    assign c1 = {a + b};
    assign c2 = {4'd0, a + b} + {a, b};
    assign c3 = {s, s} + {8{s[3]}};
    assign rep = {2{a - b}};
    assign bit_of = v[a + b];
    assign logic_and = (a + b) && (a - b);
    assign sel = v >> (a + b);
    assign power = a ** 2;
endmodule
