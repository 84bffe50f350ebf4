module comparison_with_x(input wire [1:0] a, output wire y, output wire z);
  assign y = a == 2'b1x;
  assign z = a[0] != 1'bz;
endmodule
