// top: swap_nonblocking
// clock: clk
// reset: rst
// Registers exchange values; a rotating vector through several always blocks.
module swap_nonblocking(input clk, rst, input [7:0] seed, output reg [7:0] x, y, output [2:0] ring);
    always @(posedge clk) if (rst) x <= seed; else x <= y;
    always @(posedge clk) if (rst) y <= ~seed; else y <= x + 1;
    reg p, q, r;
    always @(posedge clk) begin
        if (rst) {p, q, r} <= 3'b100;
        else begin
            p <= r;
            q <= p;
            r <= q;
        end
    end
    assign ring = {p, q, r};
endmodule
