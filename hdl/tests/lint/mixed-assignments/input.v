module mixed_assignments(input wire clk, input wire rst, input wire d, output reg q, output reg fine);
  reg t;
  initial fine = 0;
  always @(posedge clk) begin
    if (rst) t = 0;
    else t <= d;
    q <= t;
    fine <= d;
  end
endmodule
