// top: memory_clear_loop
// clock: clk
// Arrays that a loop clears: upwards, downwards, two at once, a part, with and without an asynchronous reset.
module memory_clear_loop(input clk, input rst, input we, input [5:0] wa, input [7:0] wd, input [5:0] ra, output reg [7:0] rd, output [7:0] rc,
             input rst2, input [3:0] la, output [69:0] wide_q, output [7:0] back_q);
  reg [7:0] mem [0:63];
  reg [69:0] wide [0:15];
  reg [7:0] back [0:49];
  integer i;
  always @(posedge clk) begin
    if (rst) begin
      for (i = 0; i < 64; i = i + 1) mem[i] <= 8'h5a;
    end else if (we) mem[wa] <= wd;
    rd <= mem[ra];
  end
  assign rc = mem[wa];
  always @(posedge clk or posedge rst2)
    if (rst2) begin
      for (i = 15; i >= 0; i = i - 1) begin wide[i] <= 70'h31234567890abcdef; back[i] <= wd; end
      back[49] <= 3;
    end else begin
      if (we) wide[la] <= {wd, wd, wd, wd, wd, wd, wd, wd, wd[5:0]};
      for (i = 10; i < 20; i = i + 1) if (rst) back[i] <= 8'd7;
      back[la] <= wd;
    end
  assign wide_q = wide[la];
  assign back_q = back[{2'b0, la}];
endmodule
