// top: literal_extension
// How literals are extended: unsized x and z, sized signed, decimal that is negative, truncation of values.
module literal_extension(input [1:0] s, output reg [39:0] y, output reg signed [39:0] z);
    always @* begin
        case (s)
            2'd0: begin y = 8'hff; z = 8'shff; end
            2'd1: begin y = -1; z = -1; end
            2'd2: begin y = 'hffff_ffff; z = 4'sd7 + 4'sd1; end
            default: begin y = 'bx; z = 5'sb1_0000; end
        endcase
    end
endmodule
