// top: sv_types_integer
// clock: clk
// The types bit, byte, shortint, int, longint, integer, unsigned variants: widths and signs in arithmetic.
module sv_types_integer(input byte b, input byte unsigned ub, input shortint s, input int i, input longint l, output longint sum, output int prod, output bit neg, output shortint cut, output logic [15:0] mixed, input logic clk, output integer count);
    assign sum = l + i + s + b;
    assign prod = b * s;
    assign neg = b < 0 || ub < 0;
    assign cut = i;
    assign mixed = ub + b;
    integer c = 5;
    always_ff @(posedge clk) c <= c + 1;
    assign count = c;
endmodule
