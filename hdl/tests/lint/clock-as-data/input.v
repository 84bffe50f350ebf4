// Gating and forwarding a clock is no use as data; the value of a clock in an expression is.
module clock_as_data(input wire clk, input wire en, input wire d, output reg q, output reg r, output wire bad, output wire clk_out);
  wire gated = clk & en;
  assign clk_out = clk;
  assign bad = d ^ clk;
  always @(posedge clk) q <= d;
  always @(posedge gated) r <= d;
endmodule
