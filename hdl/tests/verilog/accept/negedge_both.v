// top: negedge_both
// clock: clk
// reset: rst
// Registers on both edges of a clock: a double-data-rate capture and output.
module negedge_both(input clk, rst, input [3:0] d, output reg [3:0] rise, fall, output [3:0] ddr);
    always @(posedge clk)
        if (rst) rise <= 0;
        else rise <= d;
    always @(negedge clk)
        if (rst) fall <= 0;
        else fall <= d;
    assign ddr = clk ? rise : fall;
endmodule
