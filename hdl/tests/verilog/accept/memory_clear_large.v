// top: memory_clear_large
// oracle: icarus (Verilator unrolls no loop of so many turns, and takes none with <=)
// clock: clk
// A memory of 16,384 words that a loop clears, and one of 1,000 in the branch of an asynchronous reset.
module memory_clear_large(input clk, clear, rst, we, input [13:0] wa, ra, input [7:0] wd, output reg [7:0] rd, output [7:0] now, low);
    reg [7:0] mem [0:16383];
    reg [7:0] other [0:999];
    integer i;
    always @(posedge clk) begin
        if (clear) begin
            for (i = 0; i < 16384; i = i + 1) mem[i] <= 8'h5a;
        end else if (we) mem[wa] <= wd;
        rd <= mem[ra];
    end
    always @(posedge clk or posedge rst)
        if (rst) for (i = 0; i < 1000; i = i + 1) other[i] <= 8'd1;
        else if (we) other[wa[3:0]] <= wd;
    assign now = mem[wa];
    assign low = other[ra[3:0]];
endmodule
