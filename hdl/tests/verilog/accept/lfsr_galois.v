// top: lfsr_galois
// clock: clk
// reset: rst
// Shift registers with feedback of several widths, taps chosen by a generate case.
module lfsr_galois(input clk, rst, en, output [7:0] a, output [15:0] b, output [22:0] c);
    lfsr_galois_core #(8) u8 (clk, rst, en, a);
    lfsr_galois_core #(16) u16 (clk, rst, en, b);
    lfsr_galois_core #(.W(23)) u23 (.q(c), .clk(clk), .rst(rst), .en(en));
endmodule

module lfsr_galois_core #(parameter W = 8) (input clk, rst, en, output reg [W-1:0] q);
    wire [W-1:0] taps;
    generate
        case (W)
            8: assign taps = 8'hB8;
            16: assign taps = 16'hB400;
            default: assign taps = {1'b1, {W-6{1'b0}}, 5'b10000};
        endcase
    endgenerate
    always @(posedge clk)
        if (rst) q <= 1;
        else if (en) q <= q[0] ? (q >> 1) ^ taps : q >> 1;
endmodule
