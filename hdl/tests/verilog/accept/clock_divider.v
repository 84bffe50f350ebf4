// top: clock_divider
// clock: clk
// reset: rst
// Divided clocks: a toggle register and a counter bit clock other registers.
module clock_divider(input clk, rst, input d, output reg half, output quarter, output reg [3:0] slow, output reg [3:0] slower);
    reg [1:0] count;
    always @(posedge clk or posedge rst)
        if (rst) half <= 1'b0;
        else half <= ~half;
    always @(posedge clk or posedge rst)
        if (rst) count <= 2'd0;
        else count <= count + 2'd1;
    assign quarter = count[1];
    always @(posedge half or posedge rst)
        if (rst) slow <= 4'd0;
        else slow <= slow + d;
    always @(negedge quarter or posedge rst)
        if (rst) slower <= 4'd0;
        else slower <= {slower[2:0], d};
endmodule
