// top: sv_signed_struct_members
// Signed members, signed packed arrays' elements, signed enums and signed function arguments in arithmetic.
module sv_signed_struct_members(input logic [15:0] v, output logic signed [15:0] a, b, c, output logic lt);
    typedef struct packed {logic signed [5:0] x; logic signed [5:0] y; logic [3:0] u;} vec_t;
    typedef logic signed [3:0] s4_t;
    s4_t [3:0] arr;
    vec_t p;
    assign p = v;
    assign arr = v;
    assign a = p.x * p.y;
    assign b = p.x + p.u;
    assign c = arr[1] - arr[2];
    assign lt = p.x < p.y;
endmodule
