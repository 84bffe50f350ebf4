// top: blocking_order
// clock: clk
// Blocking and non-blocking assignments in one block: order, last wins, reading what was just written.
module blocking_order(input clk, input [7:0] d, output reg [7:0] a, b, c, e, f, output reg [7:0] g);
    reg [7:0] tmp, t2;
    always @(posedge clk) begin
        tmp = d + 1;
        a <= tmp;
        tmp = tmp ^ 8'h3c;
        b <= tmp;
        a <= a + 1;
        if (d[0]) a <= tmp;
        c <= b;
        {e, f} <= {f, e ^ d};
        t2 = tmp;
        tmp = t2 << 1;
        g <= tmp - t2;
    end
endmodule
