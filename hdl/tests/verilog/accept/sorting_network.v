// top: sorting_network
// clock: clk
// An odd-even sorting network in a pipeline: tasks on slices of a vector, and nested generate loops.
module sorting_network #(parameter N = 6, W = 5) (input clk, input [N*W-1:0] in, output [N*W-1:0] out, output ordered);
    wire [W-1:0] v [0:N][0:N-1];
    genvar s, i;
    generate
        for (i = 0; i < N; i = i + 1) begin : io
            assign v[0][i] = in[W*i +: W];
            assign out[W*i +: W] = v[N][i];
        end
        for (s = 0; s < N; s = s + 1) begin : stage
            reg [N*W-1:0] r;
            for (i = 0; i < N; i = i + 1) begin : lane
                assign v[s+1][i] = r[W*i +: W];
                if (i % 2 == s % 2 && i + 1 < N) begin : exchange
                    always @(posedge clk) begin
                        r[W*i +: W] <= v[s][i] < v[s][i+1] ? v[s][i] : v[s][i+1];
                        r[W*(i+1) +: W] <= v[s][i] < v[s][i+1] ? v[s][i+1] : v[s][i];
                    end
                end else if (i == 0 || i % 2 == s % 2) begin : alone
                    always @(posedge clk) r[W*i +: W] <= v[s][i];
                end
            end
        end
    endgenerate
    reg [N-2:0] good;
    integer k;
    always @* for (k = 0; k < N - 1; k = k + 1) good[k] = out[W*k +: W] <= out[W*(k+1) +: W];
    assign ordered = &good;
endmodule
