module port_width(input wire [7:0] a, output wire [3:0] y, output wire [15:0] z);
  adder #(.W(8)) right(.a(a), .b(1), .s(z[7:0]));
  adder wrong(.a(a), .b(a[3:0]), .s(y));
  adder #(8) short(.a(a), .b(4'd3), .s(z[15:8]));
endmodule

module adder #(parameter W = 4) (input wire [W-1:0] a, input wire [W-1:0] b, output wire [W-1:0] s);
  assign s = a + b;
endmodule
