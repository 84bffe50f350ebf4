// top: clock_gate
// clock: clk
// reset: rst
// An integrated clock gate: a latch while the clock is low, and registers behind the gated clock.
module clock_gate(input clk, rst, input en, input [7:0] d, output [7:0] q, output reg [7:0] always_on);
    wire gclk;
    clock_gate_cell icg (.clk(clk), .en(en | rst), .gclk(gclk));
    reg [7:0] held;
    always @(posedge gclk)
        if (rst) held <= 8'd0;
        else held <= d + held;
    assign q = held;
    always @(posedge clk)
        if (rst) always_on <= 8'd0;
        else always_on <= always_on + 8'd1;
endmodule

module clock_gate_cell(input clk, en, output gclk);
    reg latched;
    always @(clk or en)
        if (!clk) latched <= en;
    assign gclk = clk & latched;
endmodule
