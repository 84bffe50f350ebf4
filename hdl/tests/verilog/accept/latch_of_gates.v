// top: latch_of_gates
// Latches of cross-coupled gates: NAND and NOR, gated, of vectors, through a hierarchy, and with both inputs released at once.
module latch_of_gates(input s, r, d, en, input [3:0] sv, rv, output q, qn, output p, pn, output g, gn, output [3:0] v, vn, output h);
    nand n1(q, ~s, qn);
    nand n2(qn, ~r, q);
    nor o1(p, r, pn);
    nor o2(pn, s, p);
    wire a, b;
    nand u1(a, d, en);
    nand u2(b, a, en);
    nand u3(g, a, gn);
    nand u4(gn, b, g);
    assign v = ~(sv & vn);
    assign vn = ~(rv & v);
    wire hn;
    latch_half x(.a(a), .b(hn), .y(h));
    latch_half y(.a(b), .b(h), .y(hn));
endmodule

module latch_half(input a, b, output y);
    assign y = ~(a & b);
endmodule
