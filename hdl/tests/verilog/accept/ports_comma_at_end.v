// top: ports_comma_at_end
// clock: clk
// A comma behind the last port, as generated lists and lists that were cut have it.
module ports_comma_at_end (
    input clk,
    input [3:0] a,
    output reg [3:0] q,
);
    always @(posedge clk) q <= q ^ a;
endmodule
