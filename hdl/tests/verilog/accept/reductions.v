// top: reductions
// Reductions of every kind, alone and inside wider expressions; logical not of vectors.
module reductions(input [4:0] a, b, output [5:0] all, output [7:0] sum, output [3:0] mixed, output [7:0] neg, output odd, output [7:0] inv);
    assign all = {&a, ~&a, |a, ~|a, ^a, ~^a};
    assign sum = &a + |b + ^a + 8'd3;
    assign mixed = !a + !(|b);
    assign neg = ~|a - 1;
    assign odd = ^(a + b) ^ ^~b;
    assign inv = ~&a;
endmodule
