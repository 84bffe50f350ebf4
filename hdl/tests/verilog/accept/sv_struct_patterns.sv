// top: sv_struct_patterns
// clock: clk
// reset: rst
// Assignment patterns: by name, by position, default, in registers, in functions and as parameters.
module sv_struct_patterns(input logic clk, rst, input logic [7:0] d, output logic [19:0] a, b, output logic [19:0] c);
    typedef struct packed {
        logic [3:0] op;
        logic [7:0] imm;
        logic [7:0] src;
    } inst_t;
    localparam inst_t NOP = '{op: 4'h0, imm: 8'h00, src: 8'hFF};
    inst_t x, y, z;
    function automatic inst_t make(input logic [3:0] op, input logic [7:0] v);
        return '{op, v, ~v};
    endfunction
    always_ff @(posedge clk)
        if (rst) x <= NOP;
        else x <= '{op: d[3:0], default: d};
    always_comb y = make(d[7:4], d);
    always_comb begin
        z = '{default: '0};
        z.src = x.src;
        if (d[0]) z = inst_t'({d, d, 4'h3});
    end
    assign a = x;
    assign b = y;
    assign c = z;
endmodule
