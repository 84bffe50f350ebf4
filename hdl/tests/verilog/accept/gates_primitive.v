// top: gates_primitive
// Gate primitives: and, or, not, buf, xor, nand, nor, xnor, with several inputs and outputs, named and unnamed.
module gates_primitive(input a, b, c, output x, y, z, w, output [3:0] v);
    wire na, t;
    not n1 (na, a);
    and g1 (t, na, b, c);
    or (x, t, a);
    xor x1 (y, a, b, c), x2 (z, a, c);
    nand g2 (w, a, b);
    nor (v[0], a, b);
    xnor (v[1], b, c);
    buf (v[2], c);
    buf b1 (v[3], c);
endmodule
