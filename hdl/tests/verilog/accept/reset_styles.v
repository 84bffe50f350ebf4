// top: reset_styles
// clock: clk
// reset: rst
// Synchronous, asynchronous high, asynchronous low with set, and no reset, beside each other.
module reset_styles(input clk, rst, set_n, input [3:0] d, output reg [3:0] a, b, c, e, output reg f);
    wire rst_n = ~rst;
    always @(posedge clk) if (rst) a <= 4'hA; else a <= d;
    always @(posedge clk, posedge rst) if (rst) b <= 4'hB; else b <= d;
    always @(posedge clk or negedge rst_n or negedge set_n)
        if (!rst_n) c <= 4'h0;
        else if (!set_n) c <= 4'hF;
        else c <= d;
    initial e = 4'h5;
    always @(posedge clk) e <= e + d;
    always @(posedge clk or posedge rst)
        if (rst == 1'b1) f <= 1'b0;
        else if (d[0]) f <= ~f;
endmodule
