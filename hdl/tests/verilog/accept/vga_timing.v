// top: vga_timing
// clock: pixel_clk
// reset: rst
// Video timing with parameters that sum, comparisons of counters, and a test picture.
module vga_timing #(
    parameter H_ACTIVE = 32, H_FP = 3, H_SYNC = 5, H_BP = 4,
    parameter V_ACTIVE = 20, V_FP = 2, V_SYNC = 2, V_BP = 3
) (
    input pixel_clk, rst, input [1:0] pattern,
    output reg hsync, vsync, de, output [7:0] r, g, b
);
    localparam H_TOTAL = H_ACTIVE + H_FP + H_SYNC + H_BP, V_TOTAL = V_ACTIVE + V_FP + V_SYNC + V_BP;
    reg [$clog2(H_TOTAL)-1:0] x;
    reg [$clog2(V_TOTAL)-1:0] y;
    wire x_last = x == H_TOTAL - 1;
    wire y_last = y == V_TOTAL - 1;
    always @(posedge pixel_clk)
        if (rst) begin
            x <= 0;
            y <= 0;
        end else begin
            x <= x_last ? 0 : x + 1;
            if (x_last) y <= y_last ? 0 : y + 1;
        end
    always @(posedge pixel_clk) begin
        hsync <= ~((x >= H_ACTIVE + H_FP) && (x < H_ACTIVE + H_FP + H_SYNC));
        vsync <= ~((y >= V_ACTIVE + V_FP) && (y < V_ACTIVE + V_FP + V_SYNC));
        de <= x < H_ACTIVE && y < V_ACTIVE;
    end
    assign {r, g, b} = !de ? 24'h000000
        : pattern == 2'd0 ? 24'hFFFFFF
        : pattern == 2'd1 ? {x, 3'b0, y, 3'b0, x ^ y, 2'b0}
        : {3{{8{x[2] ^ y[2]}}}};
endmodule
