/* verilator lint_off CMPCONST */
/* verilator lint_off DECLFILENAME */
/* verilator lint_off LATCH */
/* verilator lint_off MULTIDRIVEN */
/* verilator lint_off PINCONNECTEMPTY */
/* verilator lint_off SYNCASYNCNET */
/* verilator lint_off UNOPTFLAT */
/* verilator lint_off UNSIGNED */
/* verilator lint_off UNUSEDSIGNAL */

module clocks (
  input wire clk,
  input wire rst_n,
  input wire enable,
  input wire [1:0] strobes,
  input wire [7:0] d,
  input wire [2:0] a,
  output wire [7:0] y
);
  reg [7:0] q = 8'h9;
  reg [7:0] held = 8'h0;
  reg [7:0] words [0:5];
  always @(posedge clk or negedge rst_n)
    if (!rst_n) q <= 8'h5;
    else q <= q + d;
  always @* begin
    if (enable & (~clk)) begin
      held = q;
    end
  end
  initial begin : _t0
    integer _t1;
    for (_t1 = 0; _t1 < 6; _t1 = _t1 + 1) words[_t1] = 8'h0;
    words[0] = 8'h1;
    words[1] = 8'h2;
  end
  wire [7:0] _t4 = q;
  always @(negedge clk) begin : _t3
    integer _t2;
    if ((enable) && (a < 3'h6)) words[a] <= d;
    if ((rst_n) && (a < 3'h6)) begin
      if (strobes[0]) words[a][3:0] <= _t4[3:0];
      if (strobes[1]) words[a][7:4] <= _t4[7:4];
    end
    if (strobes[1]) for (_t2 = 1; _t2 < 5; _t2 = _t2 + 1) words[_t2] <= d;
  end
  wire [7:0] _t5 = (a < 3'h6) ? words[a] : 8'h0;
  assign y = held ^ _t5;
endmodule
