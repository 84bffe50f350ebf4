// Sums, counters and plain numbers are not reported; what loses bits is.
module width_truncation #(parameter W = 8) (
  input wire clk, input wire [7:0] a, input wire [7:0] b, input wire signed [15:0] s,
  output reg [7:0] sum, output wire [3:0] low, output wire [3:0] part, output reg [W-1:0] q, output wire [3:0] n
);
  wire [8:0] carry = a + b;
  assign low = a;
  assign part = a[5:1];
  assign n = 20;
  always @(posedge clk) begin
    sum <= a + 1;
    q <= {a, b};
    q <= s;
    sum <= carry;
    sum <= carry[7:0];
    sum <= s >>> 8;
    sum <= 8'hff & a;
    sum <= 9'd1;
    sum <= -1;
  end
endmodule
