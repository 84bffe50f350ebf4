// top: sv_generate_genvar
// clock: clk
// Loops with genvar inside, steps of other sizes, ++, blocks of one name in branches, always_comb and _ff inside.
module sv_generate_genvar #(parameter int N = 8) (input logic clk, input logic [N-1:0] a, output logic [N-1:0] y, z, output logic [N/2-1:0] w, output logic [7:0] tree);
    for (genvar i = 0; i < N; i++) begin : g_bit
        if (i % 2 == 0) begin : g_kind
            always_comb y[i] = a[i] ^ a[(i + 1) % N];
        end else begin : g_kind
            assign y[i] = ~a[N - 1 - i];
        end
        always_ff @(posedge clk) z[i] <= y[N-1-i];
    end
    for (genvar i = N - 2; i >= 0; i -= 2) begin : g_pair
        assign w[i / 2] = a[i] & a[i + 1];
    end
    logic [7:0] sums [2*N-1];
    for (genvar i = 0; i < N; i += 1) begin : g_leaf
        assign sums[N - 1 + i] = 8'(a[i]) << (i / 3);
    end
    for (genvar i = 0; i < N - 1; i++) begin : g_node
        assign sums[i] = sums[2*i+1] + sums[2*i+2];
    end
    assign tree = sums[0];
endmodule
