module not_reset(input wire clk, input wire rst_n, input wire d, output reg q, output reg r, output reg s);
  reg [7:0] memory [0:3];
  always @(posedge clk or negedge rst_n)
    if (!rst_n) q <= 0;
    else begin
      q <= d;
      r <= q;
      memory[0] <= {8{d}};
    end
  always @(posedge clk) if (!rst_n) s <= 0; else s <= memory[0][0];
endmodule
