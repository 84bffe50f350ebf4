// top: counter_bcd
// clock: clk
// reset: rst
// A cascade of decimal counters with carries by instance arrays of wires, up and down.
module counter_bcd(input clk, rst, en, down, output [11:0] digits, output wrapped);
    wire [3:0] carry;
    assign carry[0] = en;
    counter_bcd_digit d[2:0] (.clk(clk), .rst(rst), .en(carry[2:0]), .down(down), .q(digits), .co(carry[3:1]));
    assign wrapped = carry[3];
endmodule

module counter_bcd_digit(input clk, rst, en, down, output reg [3:0] q, output co);
    assign co = en & (down ? q == 4'd0 : q == 4'd9);
    always @(posedge clk)
        if (rst) q <= 4'd0;
        else if (en) begin
            if (down) q <= q == 4'd0 ? 4'd9 : q - 4'd1;
            else q <= q == 4'd9 ? 4'd0 : q + 4'd1;
        end
endmodule
