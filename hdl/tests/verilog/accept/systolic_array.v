// top: systolic_array
// clock: clk
// reset: rst
// An output-stationary array of multiply-accumulate cells: two-dimensional generate with flattened wires.
module systolic_array #(parameter N = 3, parameter W = 8, parameter ACC = 24) (
    input clk, input rst, input clear,
    input [N*W-1:0] a_in, b_in,
    output [N*N*ACC-1:0] c_out
);
    wire signed [W-1:0] a [0:N-1][0:N];
    wire signed [W-1:0] b [0:N][0:N-1];
    genvar r, c;
    generate
        for (r = 0; r < N; r = r + 1) begin : rows
            assign a[r][0] = a_in[r*W +: W];
            for (c = 0; c < N; c = c + 1) begin : cols
                systolic_pe #(.W(W), .ACC(ACC)) pe (
                    .clk(clk), .rst(rst), .clear(clear),
                    .a(a[r][c]), .b(b[r][c]), .a_q(a[r][c+1]), .b_q(b[r+1][c]),
                    .acc(c_out[(r*N+c)*ACC +: ACC]));
            end
        end
        for (c = 0; c < N; c = c + 1) begin : feed
            assign b[0][c] = b_in[c*W +: W];
        end
    endgenerate
endmodule

module systolic_pe #(parameter W = 8, parameter ACC = 24) (
    input clk, rst, clear,
    input signed [W-1:0] a, b,
    output reg signed [W-1:0] a_q, b_q,
    output reg signed [ACC-1:0] acc
);
    always @(posedge clk)
        if (rst) begin
            a_q <= 0; b_q <= 0; acc <= 0;
        end else begin
            a_q <= a;
            b_q <= b;
            acc <= clear ? a * b : acc + a * b;
        end
endmodule
