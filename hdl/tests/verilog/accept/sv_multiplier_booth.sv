// top: sv_multiplier_booth
// clock: clk
// reset: rst
// A sequential Booth multiplier: signed registers, >>> of a concatenation, counters by $clog2.
module sv_multiplier_booth #(parameter int N = 8) (
    input logic clk, rst, start, input logic signed [N-1:0] x, y, output logic signed [2*N-1:0] product, output logic done, agree
);
    logic signed [N-1:0] a, m;
    logic [N-1:0] q;
    logic q1;
    logic [$clog2(N+1)-1:0] left;
    logic signed [N-1:0] x_held, y_held;
    logic signed [N:0] sum;
    always_comb
        case ({q[0], q1})
            2'b01: sum = a + m;
            2'b10: sum = a - m;
            default: sum = a;
        endcase
    always_ff @(posedge clk)
        if (rst) begin
            left <= '0;
            {a, q, q1, m} <= '0;
            {x_held, y_held} <= '0;
            done <= 1'b0;
        end else if (start && left == 0) begin
            a <= '0;
            q <= y;
            q1 <= 1'b0;
            m <= x;
            x_held <= x;
            y_held <= y;
            left <= N;
            done <= 1'b0;
        end else if (left != 0) begin
            {a, q, q1} <= $signed({sum, q}) >>> 0;
            left <= left - 1'b1;
            done <= left == 1;
        end
    assign product = {a, q};
    assign agree = product == x_held * y_held;
endmodule
