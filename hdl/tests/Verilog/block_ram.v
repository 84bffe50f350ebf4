/* verilator lint_off CMPCONST */
/* verilator lint_off DECLFILENAME */
/* verilator lint_off LATCH */
/* verilator lint_off MULTIDRIVEN */
/* verilator lint_off PINCONNECTEMPTY */
/* verilator lint_off SYNCASYNCNET */
/* verilator lint_off UNOPTFLAT */
/* verilator lint_off UNSIGNED */
/* verilator lint_off UNUSEDSIGNAL */

module block_ram (
  input wire clk,
  input wire we,
  input wire [7:0] wa,
  input wire [15:0] wd,
  input wire re,
  input wire [7:0] ra,
  output wire [15:0] rd
);
  reg [15:0] words [0:255];
  reg [15:0] word;
  initial begin : _t0
    integer _t1;
    for (_t1 = 0; _t1 < 256; _t1 = _t1 + 1) words[_t1] = 16'h0;
  end
  always @(posedge clk)
    if (we) words[wa] <= wd;
  always @(posedge clk)
    if (re) word <= words[ra];
  assign rd = word;
endmodule
