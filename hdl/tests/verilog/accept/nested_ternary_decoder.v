// top: nested_ternary_decoder
// Decoders by shifts, by equality in a loop of assigns, long chains of conditionals over several lines.
module nested_ternary_decoder(input [3:0] op, input [7:0] a, b, input en, output [15:0] hot, hot2, output [7:0] y);
    assign hot = {15'b0, en} << op;
    genvar i;
    generate for (i = 0; i < 16; i = i + 1) assign hot2[i] = en & (op == i); endgenerate
    assign y = (op == 4'h0) ? a :
               (op == 4'h1) ? b :
               (op == 4'h2) ? a + b :
               (op == 4'h3) ? a - b :
               (op == 4'h4) ? {a[3:0], b[7:4]} :
               (op[3:2] == 2'b11) ? (op[0] ? ~a : ~b) :
               (a > b && op[0]) || b == 8'd0 ? 8'hEE : 8'h00;
endmodule
