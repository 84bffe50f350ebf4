// top: memory_initial_blocks
// clock: clk
// Tables in memories: sine by integer arithmetic in an initial block, nested loops, words set one by one, then overwritten.
module memory_initial_blocks(input clk, input [4:0] a, input we, input [7:0] d, output reg [7:0] y, z, output [3:0] s);
    reg [7:0] curve [0:31];
    reg [7:0] grid [0:31];
    reg [3:0] tiny [3:0];
    integer i, j, t;
    initial begin
        for (i = 0; i < 32; i = i + 1) begin
            t = (i < 16 ? i : 31 - i) * 4;
            curve[i] = 128 + t - (t * t) / 90;
        end
        for (i = 0; i < 4; i = i + 1)
            for (j = 0; j < 8; j = j + 1)
                grid[i * 8 + j] = {i[3:0], j[3:0]};
        tiny[0] = 4'h8;
        tiny[1] = 4'd5;
        tiny[2] = tiny[0] + tiny[1];
        tiny[3] = 4'b0110;
    end
    always @(posedge clk) begin
        if (we) grid[a] <= d;
        y <= curve[a];
        z <= grid[a];
    end
    assign s = tiny[a[1:0]];
endmodule
