// top: non_ansi_ports
// clock: clk
// Ports listed by name, with directions, ranges and reg in the body, several ways and orders.
module non_ansi_ports (a, b, y, clk, q, s);
    parameter W = 5;
    output [W-1:0] y;
    input [W-1:0] a;
    input signed [W-1:0] b;
    input clk;
    output q;
    output s;
    reg [W-1:0] q_reg;
    wire [W-1:0] y;
    reg s;
    assign y = a ^ b;
    assign q = ^q_reg;
    always @(posedge clk) begin
        q_reg <= y;
        s <= b < 0;
    end
endmodule
