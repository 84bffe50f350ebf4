// top: ram_byte_loop
// clock: clk
// Byte enables by a loop inside of one always block; the memory powers up from a computed initial block.
module ram_byte_loop(input clk, input [1:0] we, input [3:0] a, input [15:0] d, output [15:0] q);
    reg [15:0] mem [0:15];
    integer j;
    initial begin
        for (j = 0; j < 16; j = j + 1)
            mem[j] = j * j + 7;
    end
    integer b;
    always @(posedge clk)
        for (b = 0; b < 2; b = b + 1)
            if (we[b]) mem[a][b*8 +: 8] <= d[b*8 +: 8];
    assign q = mem[a];
endmodule
