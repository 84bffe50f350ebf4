// top: ram_byte_enable
// clock: clk
// Byte enables by a generate loop of always blocks on slices of one memory, read registered.
module ram_byte_enable #(parameter COLS = 4, COLW = 8, AW = 5) (
    input clk, input [COLS-1:0] we, input [AW-1:0] addr, input [COLS*COLW-1:0] din, output reg [COLS*COLW-1:0] dout
);
    reg [COLS*COLW-1:0] ram [(1 << AW) - 1:0];
    always @(posedge clk) dout <= ram[addr];
    genvar i;
    generate
        for (i = 0; i < COLS; i = i + 1) begin
            always @(posedge clk)
                if (we[i]) ram[addr][(i+1)*COLW-1:i*COLW] <= din[(i+1)*COLW-1:i*COLW];
        end
    endgenerate
endmodule
