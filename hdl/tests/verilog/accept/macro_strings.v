// top: macro_strings
// Stringification, pasting, macros inside of strings left alone, macros that call macros with commas and parentheses.
`define STR(x) `"x`"
`define CAT(a, b) a``_``b
`define PAIR(a, b) {a, b}
`define APPLY(f, x, y) f((x), (y))
`define SUM(x, y) (x + y)
`define TWO_LINES(a) \
    assign a``0 = in[0]; \
    assign a``1 = ~in[1];
module macro_strings(input [7:0] in, output [31:0] s, output [15:0] p, output [8:0] q, output w_0, w_1, x0, x1, output [63:0] n);
    assign s = `STR(abcd);
    assign p = `PAIR(in, {in[3:0], `PAIR(in[1:0], 2'b01)});
    assign q = `APPLY(`SUM, in, 8'd3);
    assign `CAT(w, 0) = in[0];
    assign `CAT(w, 1) = "`NOTHING" == 8'd0;
    `TWO_LINES(x)
    assign n = {`STR(top), `STR(level)};
endmodule
