// top: include_header
// clock: clk
// Includes with guards, twice, nested, and inside of a module body.
`include "include_defs.vh"
`include "include_defs.vh"

module include_header(input clk, input [`BUS_W-1:0] d, output reg [`BUS_W-1:0] q, output [3:0] y);
    `include "include_body.vh"
    always @(posedge clk) q <= d + `BUS_STEP;
    assign y = mixed(d[3:0]);
endmodule
