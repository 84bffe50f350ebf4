// A wire that only reads, an output without a driver, and one of which half the bits are driven.
module undriven(input wire a, output wire y, output wire z, output wire [7:0] half, output wire [3:0] loop);
  wire floating;
  wire [3:0] partly;
  supply1 high;
  assign y = a & floating & partly[1] & high;
  assign partly[0] = a;
  assign half[3:0] = {4{a}};
  genvar i;
  generate
    for (i = 0; i < 4; i = i + 1) begin : bits
      assign loop[i] = a;
    end
  endgenerate
endmodule
