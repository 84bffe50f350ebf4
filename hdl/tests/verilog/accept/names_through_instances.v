// top: names_through_instances
// clock: clk
// Names that lead downwards through instances, arrays of instances and generate blocks.
module leaf #(parameter K = 3)(input clk, input [3:0] d, output [3:0] y);
  reg [3:0] state = 0;
  wire [3:0] sum = state + d;
  reg [7:0] few [0:2];
  reg [3:0] ram [0:15];
  always @(posedge clk) ram[d] <= state;
  always @(posedge clk) begin state <= sum ^ K; few[0] <= {d, state}; few[1] <= few[0]; few[2] <= few[1]; end
  assign y = state;
  localparam L = K * 2;
  genvar i;
  generate for (i = 0; i < 2; i = i + 1) begin : g
    reg [1:0] r = 0;
    always @(posedge clk) r <= d[i +: 2];
  end endgenerate
endmodule
module mid(input clk, input [3:0] d, output [3:0] y);
  leaf #(.K(5)) v(.clk(clk), .d(d), .y(y));
  leaf w[1:0](.clk(clk), .d({d, ~d}), .y());
endmodule
module names_through_instances(input clk, input [3:0] d, output [3:0] a, output [3:0] b, output [3:0] c, output [7:0] e, output [1:0] f, output reg [3:0] h, output [31:0] k, output p, output reg [7:0] many, output [3:0] word, output one);
  mid u(.clk(clk), .d(d), .y());
  mid u2(.clk(clk), .d(d + 4'd3), .y());
  leaf t(clk, d, );
  assign word = u.v.ram[3] ^ t.ram[5];
  assign one = u2.w[1].ram[9][2];
  assign a = u.v.state;
  assign b = u2.v.sum;
  assign c = t.state & u.w[1].state;
  assign e = t.few[1];
  assign f = u.v.g[1].r;
  assign k = u2.v.L + t.K;
  assign p = u.v.state[2];
  always @(posedge clk) h <= t.sum[3:0] + u2.w[0].sum;
  always @(posedge clk) many <= {t.g[0].r, u.v.g[0].r, t.state};
endmodule
