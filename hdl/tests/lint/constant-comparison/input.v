module constant_comparison #(parameter DEPTH = 16) (
  input wire [3:0] a, input wire signed [3:0] s, input wire b, output wire [7:0] y
);
  assign y[0] = a < 0;
  assign y[1] = a >= 0;
  assign y[2] = a == 16;
  assign y[3] = 5'd31 > a;
  assign y[4] = s < 0;
  assign y[5] = a < DEPTH;
  assign y[6] = b == 2;
  assign y[7] = a[2:0] <= 6;
endmodule
