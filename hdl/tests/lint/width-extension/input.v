// Off unless a configuration asks for it.
module width_extension(input wire [3:0] a, output wire [7:0] y, output wire [4:0] sum);
  assign y = a;
  assign sum = a + 4'd1;
endmodule
