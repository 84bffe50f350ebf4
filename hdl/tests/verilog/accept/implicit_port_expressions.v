// top: implicit_port_expressions
// Names that are declared nowhere but in the expressions of connections are wires of one bit.
module part(input a, b, output y, z);
    assign y = a & b;
    assign z = a ^ b;
endmodule

module implicit_port_expressions(input p, q, r, output u, v, w);
    part one(.a(p), .b(~(q & r)), .y(first), .z(u));
    part two(.a(first | ~third), .b(q), .y(inverse), .z(second));
    part three(p ? r : q, !(q && r), v, third);
    xor (w, third ^ inverse, second ? first : r);
endmodule
