// top: casez_wildcards
// casez and casex with ?, z and x digits, several labels an item, and a default in the middle.
module casez_wildcards(input [7:0] v, output reg [3:0] a, b, output reg [2:0] c);
    always @*
        casez (v)
            8'b1???_????: a = 4'd7;
            8'b01zz_zzzz: a = 4'd6;
            8'b001?????, 8'b0001????: a = 4'd5;
            8'h0?: a = 4'd1;
        endcase
    always @*
        casex (v)
            8'b1xx0_xxx1: b = 4'd1;
            default: b = 4'd0;
            8'bxxxx_0000: b = 4'd2;
            8'b0x1x_xx11, 8'hf?: b = 4'd3;
        endcase
    always @(*)
        casez ({v[3:0], v[7]})
            5'b1??_?0: c = 3'd1;
            5'b?1??_1: c = 3'd2;
            5'b00???: c = 3'd3;
            default: c = 3'd4;
        endcase
endmodule
