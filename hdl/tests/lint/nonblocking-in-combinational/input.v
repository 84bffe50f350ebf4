module nonblocking_in_combinational(input wire a, input wire b, output reg y, output reg z);
  always @* y <= a & b;
  always @(a or b) begin
    z = a;
    z = z ^ b;
  end
endmodule
