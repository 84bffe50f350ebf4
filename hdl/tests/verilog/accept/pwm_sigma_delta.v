// top: pwm_sigma_delta
// clock: clk
// A first-order sigma-delta converter: carry out of an accumulator through a concatenation on the left.
module pwm_sigma_delta(input clk, input [7:0] level, output reg out = 1'b0);
    reg [7:0] acc = 8'b0;
    always @(posedge clk) {out, acc} <= acc + level;
endmodule
