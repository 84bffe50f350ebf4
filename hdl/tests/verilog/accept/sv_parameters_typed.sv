// top: sv_parameters_typed
// Parameters with types, of enum and struct type, parameter type, overridden in instances.
package sv_parameters_pkg;
    typedef enum logic [1:0] {NONE, EVEN, ODD} parity_e;
    typedef struct packed {logic [7:0] depth; logic enable;} config_t;
endpackage

module sv_parameters_typed import sv_parameters_pkg::*; (input logic [7:0] d, output logic [8:0] x, y, output logic [15:0] z);
    sv_parameters_unit #(.P(EVEN)) u0 (.d, .q(x));
    sv_parameters_unit #(.P(ODD), .C('{depth: 8'd9, enable: 1'b1})) u1 (.d, .q(y));
    sv_parameters_generic #(.T(logic signed [7:0]), .N(2)) g (.d(d), .q(z));
endmodule

module sv_parameters_unit import sv_parameters_pkg::*; #(parameter parity_e P = NONE, parameter config_t C = '0, parameter bit signed [3:0] K = -1) (input logic [7:0] d, output logic [8:0] q);
    if (P == NONE) begin : g_none
        assign q = {1'b0, d};
    end else begin : g_parity
        assign q = {^d ^ (P == ODD), C.enable ? d + C.depth : d ^ 8'(K)};
    end
endmodule

module sv_parameters_generic #(parameter type T = logic [3:0], parameter int N = 1) (input T d, output logic [15:0] q);
    T t;
    assign t = d >>> N;
    assign q = t + $bits(T);
endmodule
