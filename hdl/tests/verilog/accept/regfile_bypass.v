// top: regfile_bypass
// clock: clk
// reset: rst
// A register file with two write ports, later wins, and reads that see writes; cleared in a loop.
module regfile_bypass #(parameter XLEN = 16, parameter LOG = 3) (
    input clk, rst,
    input we0, we1,
    input [LOG-1:0] wa0, wa1, ra,
    input [XLEN-1:0] wd0, wd1,
    output reg [XLEN-1:0] rd
);
    reg [XLEN-1:0] regs [0:2**LOG-1];
    integer i;
    always @(posedge clk)
        if (rst)
            for (i = 0; i < 2**LOG; i = i + 1)
                regs[i] <= i * 3;
        else begin
            if (we0) regs[wa0] <= wd0;
            if (we1) regs[wa1] <= wd1;
        end
    always @* begin
        rd = regs[ra];
        if (we0 && wa0 == ra) rd = wd0;
        if (we1 && wa1 == ra) rd = wd1;
    end
endmodule
