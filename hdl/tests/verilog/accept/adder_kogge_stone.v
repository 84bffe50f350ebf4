// top: adder_kogge_stone
// A parallel prefix adder by nested generate loops with conditions on the genvars.
module adder_kogge_stone #(parameter N = 16) (input [N-1:0] x, y, input ci, output [N-1:0] s, output co);
    localparam L = $clog2(N + 1);
    wire [N:0] g [0:L];
    wire [N:0] p [0:L];
    assign g[0] = {x & y, ci};
    assign p[0] = {x ^ y, 1'b0};
    genvar i, j;
    generate
        for (i = 0; i < L; i = i + 1) begin : level
            for (j = 0; j <= N; j = j + 1) begin : node
                if (j >= (1 << i)) begin : black
                    assign g[i+1][j] = g[i][j] | (p[i][j] & g[i][j-(1<<i)]);
                    assign p[i+1][j] = p[i][j] & p[i][j-(1<<i)];
                end else begin : pass
                    assign g[i+1][j] = g[i][j];
                    assign p[i+1][j] = p[i][j];
                end
            end
        end
    endgenerate
    assign s = (x ^ y) ^ g[L][N-1:0];
    assign co = g[L][N];
endmodule
