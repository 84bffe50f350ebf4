// top: sv_byte_enable_ram
// clock: clk
// A RAM of packed bytes: writes of one byte of a word, of all, reads registered and not.
module sv_byte_enable_ram #(parameter int WORDS = 16, BYTES = 4, localparam int AW = $clog2(WORDS)) (
    input logic clk, input logic [BYTES-1:0] be, input logic all, input logic [AW-1:0] addr, input logic [BYTES*8-1:0] wdata,
    output logic [BYTES*8-1:0] q, output logic [7:0] first
);
    logic [BYTES-1:0][7:0] ram [WORDS];
    always_ff @(posedge clk) begin
        for (int i = 0; i < BYTES; i++)
            if (be[i]) ram[addr][i] <= wdata[8*i +: 8];
        if (all) ram[addr] <= ~wdata;
        q <= ram[addr];
    end
    assign first = ram[addr][0];
endmodule
