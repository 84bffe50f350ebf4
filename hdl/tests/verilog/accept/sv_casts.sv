// top: sv_casts
// Casts of size, by parameter, of sign, to types, to enums, to structs and arrays, nested.
module sv_casts #(parameter int W = 6) (input logic [7:0] a, input logic signed [3:0] s, output logic [15:0] x, y, output logic signed [15:0] z, output logic [7:0] e, output logic [11:0] p, output logic cmp, output logic [2:0] q);
    typedef logic signed [5:0] six_t;
    typedef struct packed {logic [3:0] hi, lo;} nib_t;
    typedef enum logic [2:0] {Q0, Q1, Q5 = 5} q_t;
    assign x = 16'(a + 8'd200) + 4'(a);
    assign y = W'(a) + (W+2)'(s);
    assign z = signed'(a) + six_t'(a);
    assign e = unsigned'(s) + 8'd1;
    nib_t n;
    assign n = nib_t'(a);
    assign p = {n.lo, nib_t'(~a)};
    assign cmp = signed'(a[3:0]) < s;
    q_t qq;
    assign qq = q_t'(a[2:0]);
    assign q = qq == Q5 ? 3'd7 : int'(qq) + 1;
endmodule
