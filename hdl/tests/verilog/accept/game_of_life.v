// top: game_of_life
// clock: clk
// reset: rst
// Cells on a torus: nested loops over a flat vector, modulo in indexes, sums of bits.
module game_of_life #(parameter R = 5, C = 6) (input clk, rst, load, input [R*C-1:0] seed, output reg [R*C-1:0] cells);
    integer r, c, dr, dc, n;
    reg [R*C-1:0] next;
    always @* begin
        for (r = 0; r < R; r = r + 1)
            for (c = 0; c < C; c = c + 1) begin
                n = 0;
                for (dr = -1; dr <= 1; dr = dr + 1)
                    for (dc = -1; dc <= 1; dc = dc + 1)
                        if (dr != 0 || dc != 0)
                            n = n + cells[((r + dr + R) % R) * C + (c + dc + C) % C];
                next[r * C + c] = n == 3 || (cells[r * C + c] && n == 2);
            end
    end
    always @(posedge clk)
        if (rst) cells <= 0;
        else if (load) cells <= seed;
        else cells <= next;
endmodule
