// top: tristate_top
// clock: clk
// A bidirectional pin at the top: driven by a conditional z, and read back.
module tristate_top(input clk, input oe, input [3:0] out, inout [3:0] pin, output reg [3:0] seen);
    assign pin = oe ? out : 4'bzzzz;
    always @(posedge clk) seen <= pin;
endmodule
