// top: named_port_expressions
// Instances with expressions, concatenations, constants and part selects as connections; ports left open.
module named_port_expressions(input [7:0] a, b, input c, output [8:0] sum, output [7:0] lo, output [3:0] split_hi, split_lo);
    wire open_bit;
    named_port_inner u0 (.x({a[3:0], a[7:4]}), .y(b + 8'd1), .z(c & a[0]), .s(sum), .unused());
    named_port_inner u1 (a, 8'hF0, 1'b1, , );
    named_port_inner u2 (.x(a), .y(~b), .z(!c), .s({open_bit, split_hi, split_lo}), .unused(lo));
endmodule

module named_port_inner(input [7:0] x, y, input z, output [8:0] s, output [7:0] unused);
    assign s = x + y + z;
    assign unused = x & y;
endmodule
