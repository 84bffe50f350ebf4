// top: implicit_nets
// Nets that appear by use: in connections and on the left of an assignment.
module implicit_nets(input a, b, output y, z);
    implicit_inner u0 (a, b, t0);
    implicit_inner u1 (.x(t0), .y(b), .z(t1));
    assign y = t1;
    assign t2 = t0 & a;
    assign z = ~t2;
endmodule

module implicit_inner(input x, y, output z);
    assign z = x ^ y;
endmodule
