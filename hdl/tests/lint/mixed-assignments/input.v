module mixed_assignments(input wire clk, input wire d, output reg [1:0] q, output reg fine);
  reg [1:0] t;
  initial fine = 0;
  always @(posedge clk) t[0] = d;
  always @(posedge clk) begin
    t[1] <= d;
    q <= t;
    fine <= d;
  end
endmodule
