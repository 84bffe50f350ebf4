// top: sv_systolic
// clock: clk
// reset: rst_n low
// A weight-stationary array with unpacked two-dimensional wires, signed packed ports and parameters.
module sv_systolic #(parameter int ROWS = 3, COLS = 2, W = 8, localparam int A = 2 * W + 4) (
    input  logic clk, rst_n, load,
    input  logic signed [W-1:0] x [ROWS],
    input  logic signed [W-1:0] w [COLS],
    output logic signed [A-1:0] y [COLS]
);
    logic signed [W-1:0] h [ROWS][COLS+1];
    logic signed [W-1:0] wv [ROWS+1][COLS];
    logic signed [A-1:0] p [ROWS+1][COLS];
    for (genvar c = 0; c < COLS; c++) begin : g_edge
        assign p[0][c] = '0;
        assign wv[0][c] = w[c];
        assign y[c] = p[ROWS][c];
    end
    for (genvar r = 0; r < ROWS; r++) begin : g_row
        assign h[r][0] = x[r];
        for (genvar c = 0; c < COLS; c++) begin : g_col
            sv_systolic_pe #(.W(W), .A(A)) u_pe (
                .clk, .rst_n, .load,
                .x_i(h[r][c]), .x_o(h[r][c+1]), .w_i(wv[r][c]), .w_o(wv[r+1][c]), .p_i(p[r][c]), .p_o(p[r+1][c]));
        end
    end
endmodule

module sv_systolic_pe #(parameter int W = 8, A = 20) (
    input  logic clk, rst_n, load,
    input  logic signed [W-1:0] x_i, w_i,
    input  logic signed [A-1:0] p_i,
    output logic signed [W-1:0] x_o, w_o,
    output logic signed [A-1:0] p_o
);
    logic signed [W-1:0] weight;
    assign w_o = weight;
    always_ff @(posedge clk or negedge rst_n)
        if (!rst_n) begin
            x_o <= '0;
            p_o <= '0;
            weight <= '0;
        end else begin
            x_o <= x_i;
            p_o <= p_i + x_i * weight;
            if (load) weight <= w_i;
        end
endmodule
