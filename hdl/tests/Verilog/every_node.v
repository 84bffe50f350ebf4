/* verilator lint_off CMPCONST */
/* verilator lint_off DECLFILENAME */
/* verilator lint_off LATCH */
/* verilator lint_off MULTIDRIVEN */
/* verilator lint_off PINCONNECTEMPTY */
/* verilator lint_off SYNCASYNCNET */
/* verilator lint_off UNOPTFLAT */
/* verilator lint_off UNSIGNED */
/* verilator lint_off UNUSEDSIGNAL */

module every_node (
  input wire clk,
  input wire [7:0] a,
  input wire [7:0] b,
  input wire c,
  output wire [7:0] add,
  output wire [7:0] sub,
  output wire [7:0] bitwise,
  output wire [2:0] reduced,
  output wire [2:0] compared,
  output wire [15:0] product,
  output wire [23:0] dot,
  output wire [7:0] mux,
  output wire msb,
  output wire [3:0] nibble,
  output wire [11:0] zero,
  output wire [11:0] sign,
  output wire [11:0] sign_of_sum,
  output wire [7:0] quotient,
  output wire [7:0] remainder,
  output wire [7:0] shifted,
  output wire [7:0] shifted_signed,
  output wire [7:0] shifted_far,
  output wire [99:0] all_ones
);
  assign add = a + b;
  assign sub = a - b;
  assign bitwise = (a & b) | (a ^ (~b));
  assign reduced = {|a, &a, ^(a + b)};
  assign compared = {a == b, a < b, $signed(a) < $signed(a - b)};
  wire [15:0] _t0 = $signed(a) * $signed(b);
  wire [7:0] _t1 = a + b;
  wire [15:0] _t2 = _t1 * b;
  assign product = _t0 + _t2;
  wire [15:0] _t3 = $signed(a) * $signed(b);
  wire [23:0] _t4 = $signed(_t3) * $signed(a);
  assign dot = _t4;
  assign mux = c ? a : ((a == b) ? b : 8'hff);
  assign msb = a[7];
  wire [7:0] _t5 = a + b;
  assign nibble = _t5[5:2];
  assign zero = {{4{1'b0}}, a};
  assign sign = {{4{a[7]}}, a};
  wire [7:0] _t6 = a + b;
  assign sign_of_sum = {{4{_t6[7]}}, _t6};
  wire [7:0] _t7 = b == 8'h0 ? 8'h0 : (a + b) / b;
  assign quotient = _t7;
  wire [7:0] _t8 = b == 8'h0 ? 8'h0 : a % b;
  assign remainder = _t8;
  assign shifted = (a << b) ^ (a >> (b + a));
  wire [7:0] _t9 = $signed(a) >>> b;
  assign shifted_signed = _t9 & a;
  wire [32:0] _t10 = {a, b, a, b, c};
  wire [7:0] _t11 = $signed(a) >>> _t10[30:0];
  wire [7:0] _t12 = |_t10[32:31] ? {8{a[7]}} : _t11;
  assign shifted_far = _t12;
  assign all_ones = {{99{c}}, c};
endmodule
