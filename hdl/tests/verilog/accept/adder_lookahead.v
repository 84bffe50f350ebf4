// top: adder_lookahead
// Carry look-ahead in groups of four, groups in a generate loop.
module adder_lookahead(input [15:0] a, b, input cin, output [15:0] sum, output cout);
    wire [4:0] c;
    assign c[0] = cin;
    genvar k;
    for (k = 0; k < 4; k = k + 1) begin : group
        adder_lookahead_cla4 u (a[4*k +: 4], b[4*k +: 4], c[k], sum[4*k+3 -: 4], c[k+1]);
    end
    assign cout = c[4];
endmodule

module adder_lookahead_cla4(input [3:0] a, b, input c0, output [3:0] s, output c4);
    wire [3:0] g = a & b, p = a ^ b;
    wire c1, c2, c3;
    assign c1 = g[0] | (p[0] & c0);
    assign c2 = g[1] | (p[1] & g[0]) | (p[1] & p[0] & c0);
    assign c3 = g[2] | (p[2] & g[1]) | (p[2] & p[1] & g[0]) | (&p[2:0] & c0);
    assign c4 = g[3] | (p[3] & g[2]) | (p[3] & p[2] & g[1]) | (p[3] & p[2] & p[1] & g[0]) | (&p & c0);
    assign s = p ^ {c3, c2, c1, c0};
endmodule
