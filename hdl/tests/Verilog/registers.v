/* verilator lint_off CMPCONST */
/* verilator lint_off DECLFILENAME */
/* verilator lint_off LATCH */
/* verilator lint_off MULTIDRIVEN */
/* verilator lint_off PINCONNECTEMPTY */
/* verilator lint_off SYNCASYNCNET */
/* verilator lint_off UNOPTFLAT */
/* verilator lint_off UNSIGNED */
/* verilator lint_off UNUSEDSIGNAL */

module registers (
  input wire clk,
  input wire reset,
  input wire enable,
  input wire [7:0] d,
  output wire [7:0] q0,
  output wire [7:0] q1,
  output wire [7:0] q2,
  output wire [7:0] q3
);
  reg [7:0] plain = 8'h0;
  reg [7:0] enabled = 8'h0;
  reg [7:0] with_reset = 8'h5;
  reg [7:0] count = 8'hff;
  always @(posedge clk)
    plain <= d;
  always @(posedge clk)
    if (enable) enabled <= d;
  always @(posedge clk)
    if (reset) with_reset <= 8'h5;
    else with_reset <= d;
  always @(posedge clk)
    if (reset) count <= 8'hff;
    else if (enable) count <= count + 8'h1;
  assign q0 = plain;
  assign q1 = enabled;
  assign q2 = with_reset;
  assign q3 = count;
endmodule
