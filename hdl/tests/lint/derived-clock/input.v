module derived_clock(input wire clk, input wire rst_n, input wire d, output reg q, output reg r);
  reg half;
  wire inverted = ~clk;
  wire same = clk;
  always @(posedge clk or negedge rst_n) if (!rst_n) half <= 0; else half <= ~half;
  always @(posedge half) q <= d;
  always @(posedge inverted) r <= d;
  always @(posedge same) if (d) r_unused <= d;
  reg r_unused;
endmodule
