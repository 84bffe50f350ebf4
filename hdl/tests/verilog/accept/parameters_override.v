// top: parameters_override
// param: TOPW=6
// Overrides by name, by order, of dependent parameters, of typed and signed ones, and from the command line.
module parameters_override #(parameter TOPW = 4) (input [TOPW-1:0] a, output [15:0] x, y, z, w);
    parameters_inner #(8, 3) p1 (a, x);
    parameters_inner #(.B(5)) p2 (.a(a), .y(y));
    parameters_inner #(.A(TOPW), .B(TOPW * 2), .S(-3)) p3 (a, z);
    parameters_inner p4 (a, w);
endmodule

module parameters_inner #(
    parameter A = 4,
    parameter integer B = A + 1,
    parameter signed [7:0] S = -1,
    parameter [3:0] CUT = A + 14
) (input [A-1:0] a, output [15:0] y);
    localparam SUM = A + B;
    localparam signed [15:0] NEG = S;
    assign y = a * SUM + NEG + CUT;
endmodule
