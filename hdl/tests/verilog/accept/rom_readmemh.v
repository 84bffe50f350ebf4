// top: rom_readmemh
// clock: clk
// A ROM by $readmemh with comments, addresses and underscores in the file, and by $readmemb with a range.
module rom_readmemh(input clk, input [4:0] addr, output reg [15:0] hex_word, output reg [7:0] bin_word);
    reg [15:0] rom [0:31];
    reg [7:0] bits [0:31];
    initial begin
        $readmemh("rom_readmemh.hex", rom);
        $readmemb("rom_readmemb.bin", bits, 4, 11);
    end
    always @(posedge clk) begin
        hex_word <= rom[addr];
        bin_word <= bits[addr];
    end
endmodule
