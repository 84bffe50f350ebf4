// top: generate_hierarchy
// clock: clk
// reset: rst
// Names through generate blocks: signals of one iteration used by the next and by the module.
module generate_hierarchy #(parameter STAGES = 5) (input clk, rst, input [7:0] d, output [7:0] q, output [7:0] sum);
    genvar i;
    generate
        for (i = 0; i < STAGES; i = i + 1) begin : pipe
            reg [7:0] r;
            wire [7:0] prev;
            if (i == 0) begin : first
                assign prev = d;
            end else begin : rest
                assign prev = pipe[i-1].r + i;
            end
            always @(posedge clk)
                if (rst) r <= 0;
                else r <= prev;
        end
    endgenerate
    assign q = pipe[STAGES-1].r;
    assign sum = pipe[0].r + pipe[2].r;
endmodule
