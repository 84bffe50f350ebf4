// top: counters_mixed
// clock: clk
// reset: reset
// Up, down, loadable, modulo and saturating counters, with terminal counts, in the styles of different people.
module counters_mixed(clk, reset, load, up, d, q1, q2, q3, tc);
input clk;
input reset;
input load, up;
input [3:0] d;
output [3:0] q1;
output reg [3:0] q2;
output reg signed [4:0] q3;
output tc;
reg [3:0] q1;
always @ (posedge clk)
if (reset) begin
  q1 <= 4'b0 ;
end else if (load) begin
  q1 <= d;
end else begin
  q1 <= up ? (q1 + 1) : (q1 - 1);
end
always @ ( posedge clk or posedge reset )
begin : modulo
  if ( reset == 1 ) q2 <= 0;
  else if ( q2 == 9 ) q2 <= 0;
  else q2 <= q2 + 1;
end
always@(posedge clk)begin
if(reset)q3<=0;else if(up&&q3<5'sd15)q3<=q3+1;else if(!up&&q3>-16)q3<=q3-1;end
assign tc=(q2==9)?1'b1:1'b0;
endmodule
