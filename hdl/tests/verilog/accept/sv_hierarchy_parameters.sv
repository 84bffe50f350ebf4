// top: sv_hierarchy_parameters
// Three levels with parameters that pass and derive, defaults that depend on others, one module with several shapes.
module sv_hierarchy_parameters(input logic [15:0] a, output logic [15:0] x, output logic [23:0] y);
    sv_hp_mid #(.LANES(2), .W(8)) m0 (.a(a), .y(x));
    sv_hp_mid #(.LANES(3)) m1 (.a(12'(a)), .y(y[11:0]));
    sv_hp_mid #(3, 4) m2 (a[11:0], y[23:12]);
endmodule

module sv_hp_mid #(parameter int LANES = 1, parameter int W = 12 / LANES, parameter logic [W-1:0] SEED = '1) (input logic [LANES*W-1:0] a, output logic [LANES*W-1:0] y);
    for (genvar l = 0; l < LANES; l++) begin : g_lane
        sv_hp_leaf #(.W(W), .K(W'(SEED >> l))) u (.a(a[l*W +: W]), .y(y[l*W +: W]));
    end
endmodule

module sv_hp_leaf #(parameter int W = 1, parameter logic [W-1:0] K = 0) (input logic [W-1:0] a, output logic [W-1:0] y);
    assign y = (a ^ K) + W'(1);
endmodule
