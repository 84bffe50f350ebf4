// Through a process, an instance and an assignment; the ripple of a carry through one vector is no loop.
module combinational_loop(input wire en, input wire [3:0] a, input wire [3:0] b, output wire y, output wire [4:0] carry);
  wire back;
  reg next;
  always @* begin
    next = en;
    if (a[0]) next = back;
  end
  inverter u(.i(next), .o(back));
  assign y = next;
  assign carry[0] = en;
  genvar i;
  generate
    for (i = 0; i < 4; i = i + 1) begin : adder
      assign carry[i + 1] = (a[i] & b[i]) | (carry[i] & (a[i] | b[i]));
    end
  endgenerate
endmodule

module inverter(input wire i, output wire o);
  wire half = ~i;
  assign o = half;
endmodule
