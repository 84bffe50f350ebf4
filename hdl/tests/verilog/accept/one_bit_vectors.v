// top: one_bit_vectors
// clock: clk
// Vectors of one bit, memories of one word, parameters that make them so, loops and replications of one.
module one_bit_vectors #(parameter N = 1) (input clk, input [N-1:0] a, input [0:0] b, output [N-1:0] y, output [0:0] z, output reg [N-1:0] q, output w);
    reg [3:0] mem [0:N-1];
    wire [N-1:0] t = {N{b}};
    assign y = a[N-1:0] ^ t[0];
    assign z = b[0:0] & a[0];
    genvar i;
    generate for (i = 0; i < N; i = i + 1) begin : g
        always @(posedge clk) q[i] <= y[i];
    end endgenerate
    always @(posedge clk) mem[0] <= {3'b0, a};
    assign w = mem[0][0];
endmodule
