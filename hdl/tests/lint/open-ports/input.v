module open_ports(input wire a, output wire y, output wire z);
  wire t;
  gate first(.a(a), .y(y), .n());
  gate second(.a(a), .b(), .y(t));
  gate third(a, t, z, );
endmodule

module gate(input wire a, input wire b, output wire y, output wire n);
  assign y = a & b;
  assign n = ~y;
endmodule
