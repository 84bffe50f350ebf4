// top: defparam_override
// clock: clk
// Parameters of instances set by defparam: beside a value in the list, for one of two in one item, and in generate blocks.
module defparam_override #(parameter BASE = 5) (input clk, input [7:0] a, output [7:0] x, y, z, output [15:0] g);
    defparam_inner p (clk, a, x), q (clk, a, y);
    defparam_inner #(.STEP(1)) r (.clk(clk), .a(a), .y(z));
    defparam q.STEP = BASE * 2, q.MASK = 8'h3f;
    defparam r.MASK = 8'hf0;
    genvar i;
    generate
        for (i = 0; i < 2; i = i + 1) begin : lane
            defparam u.STEP = i + 7;
            defparam_inner u (clk, a, g[8*i +: 8]);
        end
    endgenerate
endmodule

module defparam_inner (input clk, input [7:0] a, output reg [7:0] y);
    parameter STEP = 3;
    parameter [7:0] MASK = 8'hff;
    always @(posedge clk) y <= (a + STEP) & MASK;
endmodule
