module incomplete_sensitivity(input wire a, input wire b, input wire c, output reg x, output reg y, output reg z);
  reg t;
  always @(a) x = a & b;
  always @(a or b) begin
    t = a ^ b;
    y = t | c;
  end
  always @* z = a | b | c;
endmodule
