// top: sv_literals_fill
// The literals '0 '1 'x and sized ones, in contexts that are wide, in comparisons, ports, cases and concatenations.
module sv_literals_fill(input logic [11:0] a, input logic s, output logic [11:0] y, z, output logic [69:0] w, output logic all, none, output logic [11:0] m, output logic [7:0] inner);
    assign y = s ? '1 : '0;
    assign z = a ^ '1;
    assign w = '1;
    assign all = a == '1;
    assign none = a == '0;
    always_comb
        if (s) m = a & {6'b0, 6'h3f};
        else m = 'x;
    sv_literals_inner u (.d('1), .q(inner));
endmodule

module sv_literals_inner(input logic [7:0] d, output logic [7:0] q);
    assign q = d - 8'd1;
endmodule
