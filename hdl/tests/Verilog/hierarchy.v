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

module hierarchy (
  input wire clk,
  input wire reset,
  input wire [7:0] d,
  output wire [7:0] y
);
  wire [7:0] first_q0;
  wire [7:0] first_q1;
  wire [7:0] first_q2;
  wire [7:0] first_q3;
  wire [7:0] second_q0;
  wire [7:0] second_q1;
  wire [7:0] second_q2;
  wire [7:0] second_q3;
  registers first (
    .clk(clk),
    .reset(reset),
    .enable(1'h1),
    .d(d),
    .q0(first_q0),
    .q1(first_q1),
    .q2(first_q2),
    .q3(first_q3)
  );
  registers second (
    .clk(clk),
    .reset(reset),
    .enable(~reset),
    .d(first_q3 + d),
    .q0(second_q0),
    .q1(second_q1),
    .q2(second_q2),
    .q3(second_q3)
  );
  assign y = second_q0 ^ first_q1;
endmodule
