module implicit_net(input wire a, output wire y);
  buffer u(.i(a), .o(midle));
  assign other = a;
  assign y = midle & other;
endmodule

module buffer(input wire i, output wire o);
  assign o = i;
endmodule
