// top: macros
// define: FROM_COMMAND_LINE=7
// Macros with arguments, defaults, nesting, line continuation, conditionals, undefinition and redefinition.
`define WIDTH 8
`define MAX(a, b) ((a) > (b) ? (a) : (b))
`define ADD3(x, y, z) (x) + (y) + (z)
`define NESTED(v) `MAX(`ADD3(v, 1, 2), 8'd40)
`define LONG(n) \
    wire [`WIDTH-1:0] n``_wire; \
    assign n``_wire = a ^ 8'h``5A;
`define EMPTY
`define DEFARG(p, q = 8'd3) ((p) + (q))

`ifdef NOT_THERE
    this is not Verilog at all
`elsif FROM_COMMAND_LINE
`define CHOSEN 1
`else
    nor is this
`endif

`ifndef CHOSEN
    syntax error here
`endif

module macros(input [`WIDTH-1:0] a, b, output [`WIDTH-1:0] m, n, s, t, output [7:0] k `EMPTY);
    `LONG(first)
    `LONG(second)
    assign m = `MAX(a, b);
    assign n = `NESTED(a);
    assign s = `ADD3(a, {b[0], b[7:1]}, (first_wire & second_wire));
    `undef WIDTH
    `define WIDTH 4
    wire [`WIDTH-1:0] narrow = a;
    assign t = `DEFARG(narrow) + `DEFARG(b, 8'd1);
`ifdef WIDTH
    `ifdef CHOSEN
        assign k = `FROM_COMMAND_LINE;
    `else
        assign k = 0;
    `endif
`else
    assign k = 1;
`endif
endmodule
