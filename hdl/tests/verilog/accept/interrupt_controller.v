// top: interrupt_controller
// clock: clk
// reset: rst
// Edge and level inputs, masks, priorities by a loop with a function, claim and complete.
module interrupt_controller #(parameter N = 8) (
    input clk, rst, input [N-1:0] irq_in, edge_mode, input wr, input [N-1:0] mask_in, input claim,
    output reg [$clog2(N)-1:0] id, output reg valid, output [N-1:0] pending_out
);
    reg [N-1:0] last, pending, mask;
    wire [N-1:0] rising = irq_in & ~last;
    wire [N-1:0] active = pending & mask;
    genvar i;
    generate
        for (i = 0; i < N; i = i + 1) begin : source
            always @(posedge clk)
                if (rst) pending[i] <= 1'b0;
                else if (claim && valid && id == i) pending[i] <= 1'b0;
                else if (edge_mode[i]) pending[i] <= pending[i] | rising[i];
                else pending[i] <= irq_in[i];
        end
    endgenerate
    always @(posedge clk) begin
        last <= irq_in;
        if (rst) mask <= {N{1'b1}};
        else if (wr) mask <= mask_in;
    end
    integer k;
    always @* begin
        valid = 0;
        id = 0;
        for (k = N - 1; k >= 0; k = k - 1)
            if (active[k]) begin
                valid = 1;
                id = k;
            end
    end
    assign pending_out = pending;
endmodule
