// hwseed lint_off HW2508
module pragmas(input wire a, input wire b, input wire idle, output wire [3:0] y, output wire z);
  wire one;
  wire two; // hwseed lint_off unused-signal -- kept for the next revision
  wire three;
  /* verilator lint_off WIDTH */
  assign y = {a, b, a, b, a};
  /* verilator lint_on WIDTH */
  assign z = {a, b};
  // hwseed lint_off
  wire four = {a, b};
  // hwseed lint_on
  wire five;
  // hwseed lint_off HW2599 unused-singal
  wire six = "// hwseed lint_off" == 8'd0;
  // verilator lint_save
  // verilator lint_off UNUSED
  wire seven;
  // verilator lint_restore
  wire eight;
endmodule
