// A register that others read, and a variable that only carries a value inside of the process.
module blocking_in_clocked(input wire clk, input wire [3:0] d, output reg [3:0] q, output reg [3:0] sum);
  reg [3:0] shared;
  reg [3:0] inside;
  integer i; reg [3:0] table_of [0:3];
  always @(posedge clk) begin
    shared = d;
    inside = d + 1;
    for (i = 0; i < 4; i = i + 1) inside[i] = ~inside[i];
    q <= inside;
  end
  always @(posedge clk) sum <= shared ^ table_of[d[1:0]];
  initial for (i = 0; i < 4; i = i + 1) table_of[i] = i;
endmodule
