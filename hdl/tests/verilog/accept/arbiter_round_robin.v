// top: arbiter_round_robin
// clock: clk
// reset: rst
// A round-robin arbiter by rotation through a doubled vector and a variable part select.
module arbiter_round_robin #(parameter N = 5) (
    input clk, rst,
    input [N-1:0] req,
    output reg [N-1:0] grant
);
    reg [2:0] pointer;
    wire [2*N-1:0] doubled = {req, req};
    wire [N-1:0] rotated = doubled[pointer +: N];
    wire [N-1:0] first = rotated & -rotated;
    wire [2*N-1:0] back = {{N{1'b0}}, first} << pointer;
    wire [N-1:0] winner = back[N-1:0] | back[2*N-1:N];

    integer k;
    always @(posedge clk)
        if (rst) begin
            grant <= 0;
            pointer <= 0;
        end else begin
            grant <= winner;
            for (k = 0; k < N; k = k + 1)
                if (winner[k]) pointer <= k == N - 1 ? 0 : k + 1;
        end
endmodule
