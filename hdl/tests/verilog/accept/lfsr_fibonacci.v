// top: lfsr_fibonacci
// clock: clk
// reset: reset
// A Fibonacci LFSR with XNOR feedback, indexed from 1.
module lfsr_fibonacci(input clk, input reset, output reg [1:10] q, output bit_out);
    wire feedback = q[10] ~^ q[7];
    always @(posedge clk) begin
        if (reset) q <= 10'b0;
        else q <= {feedback, q[1:9]};
    end
    assign bit_out = q[10];
endmodule
