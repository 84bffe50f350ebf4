// top: literals
// Numbers in every form: sized, unsized, signed, underscores, spaces, upper case, x and z and ? digits, too wide or narrow.
module literals(input [7:0] a, output [95:0] y, output signed [11:0] z, output [40:0] big, output [11:0] m);
    assign y = {8'hA5, 8'b1010_0101, 8'o17, 8'd200, 4 'd 9, 4'HF, 6'h12, 3'b1, 8'sd100};
    assign z = 8'sh80 + 4'sb1111 + 12'sd7;
    assign big = 41'h1_2345_6789_A + 'd5 + 'h12 + 32'hffff_ffff;
    assign m = (a == 8'b1xxx_x0x1 ? 12'h00f : 12'h0f0) | (a[3:0] == 4'd15 ? 12'd1 : 12'd2) | 12'b?;
endmodule
