// top: sv_matrix_unit
// clock: clk
// reset: rst
// A matrix-vector unit: packed matrices as ports, dot products by a function, a pipeline of valid bits.
module sv_matrix_unit #(parameter int N = 3, parameter int W = 6) (
    input  logic clk, rst, load, go,
    input  logic signed [N-1:0][N-1:0][W-1:0] matrix,
    input  logic signed [N-1:0][W-1:0] vector,
    output logic signed [N-1:0][2*W+$clog2(N)-1:0] result,
    output logic valid
);
    localparam int ACC = 2 * W + $clog2(N);
    logic [N-1:0][N-1:0][W-1:0] m;
    logic [1:0] pipe;

    function automatic logic signed [ACC-1:0] dot(input logic [N-1:0][W-1:0] a, b);
        dot = '0;
        for (int i = 0; i < N; i++)
            dot += ACC'($signed(a[i])) * ACC'($signed(b[i]));
    endfunction

    always_ff @(posedge clk)
        if (rst) begin
            m <= '0;
            result <= '0;
            pipe <= '0;
        end else begin
            if (load) m <= matrix;
            pipe <= {pipe[0], go};
            for (int r = 0; r < N; r++)
                result[r] <= dot(m[r], vector);
        end
    assign valid = pipe[1];
endmodule
