// top: localparam_chain
// clock: clk
// Derived parameters: widths by $clog2 of products, masks, concatenations, conditional and string comparisons.
module localparam_chain #(parameter LINES = 24, WORDS = 4, parameter NAME = "fast", parameter POLICY = "LRU") (
    input clk, input [31:0] addr, output [TAG-1:0] tag, output [INDEX-1:0] index, output [OFFSET-1:0] offset, output reg [15:0] y
);
    localparam OFFSET = $clog2(WORDS) + 2;
    localparam INDEX = $clog2(LINES);
    localparam TAG = 32 - INDEX - OFFSET;
    localparam [15:0] MASK = (1 << INDEX) - 1;
    localparam [15:0] MAGIC = {4'hA, 4'd5, {2{4'b0110}}};
    localparam LATENCY = NAME == "fast" ? 1 : 3;
    localparam USE = (POLICY != "FIFO") && (LATENCY < 2);
    assign {tag, index, offset} = addr;
    always @(posedge clk) y <= (addr[15:0] & MASK) ^ MAGIC ^ LATENCY ^ (USE ? 16'h8000 : 16'h4000);
endmodule
