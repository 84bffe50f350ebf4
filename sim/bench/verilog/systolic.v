// An int8 output-stationary systolic array: the design of 'hwseed bench sim' that replicates. Activations flow right,
// weights flow down, each PE sums its own result in 32 bits. 'first' travels with the activations: where it arrives, a
// new sum begins and the finished one moves into the PE's second register, from which results shift up and leave at the
// top row while the next tile is computed.
`default_nettype none

module systolic_pe (
    input  wire               clk,
    input  wire               first,
    input  wire signed [7:0]  a,
    input  wire signed [7:0]  b,
    input  wire signed [31:0] below,
    output reg                first_q,
    output reg  signed [7:0]  a_q,
    output reg  signed [7:0]  b_q,
    output reg  signed [31:0] result
);
    reg  signed [31:0] sum;
    wire signed [15:0] product = a * b;

    always @(posedge clk) begin
        first_q <= first;
        a_q     <= a;
        b_q     <= b;
        if (first) begin
            sum    <= product;
            result <= sum;
        end else begin
            sum    <= sum + product;
            result <= below;
        end
    end
endmodule

module systolic #(
    parameter N = 8
) (
    input  wire            clk,
    input  wire [N-1:0]    first,
    input  wire [8*N-1:0]  a,
    input  wire [8*N-1:0]  b,
    output wire [32*N-1:0] y
);
    // Row r, column c of an array of wires is number (N+1)*r+c when it runs to the right, N*r+c when it runs down or up.
    wire [N*(N+1)-1:0]    firsts;
    wire [8*N*(N+1)-1:0]  right;
    wire [8*N*(N+1)-1:0]  down;
    wire [32*N*(N+1)-1:0] up;

    assign down[8*N-1:0] = b;
    assign up[32*N*N +: 32*N] = {32*N{1'b0}};
    assign y = up[32*N-1:0];

    genvar r, c;
    generate
        for (r = 0; r < N; r = r + 1) begin : row
            assign firsts[(N+1)*r] = first[r];
            assign right[8*(N+1)*r +: 8] = a[8*r +: 8];
            for (c = 0; c < N; c = c + 1) begin : column
                systolic_pe pe (
                    .clk(clk),
                    .first(firsts[(N+1)*r+c]),
                    .a(right[8*((N+1)*r+c) +: 8]),
                    .b(down[8*(N*r+c) +: 8]),
                    .below(up[32*(N*(r+1)+c) +: 32]),
                    .first_q(firsts[(N+1)*r+c+1]),
                    .a_q(right[8*((N+1)*r+c+1) +: 8]),
                    .b_q(down[8*(N*(r+1)+c) +: 8]),
                    .result(up[32*(N*r+c) +: 32]));
            end
        end
    endgenerate
endmodule
