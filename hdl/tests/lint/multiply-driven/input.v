// Two assignments to the same bits, a process and an assignment, an input that is driven; the rest is as it should be.
module multiply_driven #(parameter FAST = 1) (
  input wire clk, input wire a, input wire b,
  output wire [3:0] y, output reg q, output wire one, output wire bus, output wire z
);
  assign y[1:0] = {a, b};
  assign y[2:1] = {b, a};
  assign y[3] = a;
  always @(posedge clk) q <= a;
  always @(posedge clk) q <= b;
  assign b = a;
  generate
    if (FAST) begin : fast
      assign one = a;
    end else begin : slow
      assign one = b;
    end
  endgenerate
  assign bus = a ? b : 1'bz;
  assign bus = b ? a : 1'bz;
  leaf first(.o(z), .i(a));
  leaf second(.o(z), .i(b));
  initial q = 0;
endmodule

module leaf(input wire i, output wire o);
  assign o = ~i;
endmodule
