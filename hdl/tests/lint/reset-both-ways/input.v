module reset_both_ways(input wire clk, input wire rst, input wire d, output reg q, output reg r);
  always @(posedge clk or posedge rst)
    if (rst) q <= 0;
    else q <= d;
  always @(posedge clk)
    if (rst == 1'b1) r <= 0;
    else r <= d;
endmodule
