// top: ram_single_port
// clock: clk
// Single-port RAM in the write-first, read-first and no-change forms.
module ram_single_port #(parameter AW = 4, DW = 8) (
    input clk, input en, input we, input [AW-1:0] addr, input [DW-1:0] di,
    output reg [DW-1:0] do_rf, do_nc, output [DW-1:0] do_wf
);
    reg [DW-1:0] m1 [0:2**AW-1], m2 [0:2**AW-1], m3 [0:2**AW-1];
    reg [AW-1:0] held;
    always @(posedge clk)
        if (en) begin
            if (we) m1[addr] <= di;
            do_rf <= m1[addr];
        end
    always @(posedge clk)
        if (en) begin
            if (we) m2[addr] <= di;
            else do_nc <= m2[addr];
        end
    always @(posedge clk)
        if (en) begin
            if (we) m3[addr] <= di;
            held <= addr;
        end
    assign do_wf = m3[held];
endmodule
