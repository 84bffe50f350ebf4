// top: adder_ripple
// A ripple-carry adder from full adders in a generate loop, with a carry vector.
module adder_ripple #(parameter N = 9) (input [N-1:0] a, b, input cin, output [N-1:0] sum, output cout);
    wire [N:0] c;
    assign c[0] = cin;
    assign cout = c[N];
    genvar g;
    generate for (g = 0; g < N; g = g + 1)
        begin : bits
            adder_ripple_fa fa (.a(a[g]), .b(b[g]), .ci(c[g]), .s(sum[g]), .co(c[g+1]));
        end
    endgenerate
endmodule

module adder_ripple_fa(a, b, ci, s, co);
    input a, b, ci;
    output s, co;
    wire t = a ^ b;
    assign s = t ^ ci, co = t ? ci : a;
endmodule
