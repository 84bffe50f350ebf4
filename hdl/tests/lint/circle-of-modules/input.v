// No module is a top: one of each circle is elaborated.
module ping(input a, output y);
  pong u(.a(a), .y(y));
endmodule
module pong(input a, output y);
  ping u(.a(a), .y(y));
endmodule
module self(input a, output y);
  self u(.a(a), .y(y));
endmodule
