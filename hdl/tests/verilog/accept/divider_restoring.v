// top: divider_restoring
// clock: clk
// reset: rst
// A sequential divider: one quotient bit a cycle, subtraction with a borrow bit.
module divider_restoring #(parameter N = 16) (
    input clk, rst, start,
    input [N-1:0] dividend, divisor,
    output reg [N-1:0] quotient, remainder,
    output reg busy, output reg done
);
    reg [N-1:0] d;
    reg [$clog2(N):0] i;
    wire [N:0] trial = {remainder[N-1:0], quotient[N-1]} - {1'b0, d};

    always @(posedge clk) begin
        done <= 1'b0;
        if (rst) begin
            busy <= 1'b0;
            quotient <= {N{1'b0}};
            remainder <= {N{1'b0}};
            d <= {N{1'b0}};
            i <= 0;
        end else if (start && !busy) begin
            busy <= 1'b1;
            quotient <= dividend;
            remainder <= 0;
            d <= divisor;
            i <= N;
        end else if (busy) begin
            if (trial[N]) begin
                remainder <= {remainder[N-2:0], quotient[N-1]};
                quotient <= {quotient[N-2:0], 1'b0};
            end else begin
                remainder <= trial[N-1:0];
                quotient <= {quotient[N-2:0], 1'b1};
            end
            i <= i - 1;
            if (i == 1) begin
                busy <= 1'b0;
                done <= 1'b1;
            end
        end
    end
endmodule
