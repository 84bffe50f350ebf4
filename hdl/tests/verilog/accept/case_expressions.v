// top: case_expressions
// Case labels that are variables, expressions, of other widths and signs; case (1'b1); no match.
module case_expressions(input [3:0] a, b, input signed [3:0] s, output reg [3:0] y, z, output reg [2:0] w, output reg u);
    always @* begin
        y = 4'd0;
        case (a)
            b: y = 4'd1;
            b + 4'd1: y = 4'd2;
            {b[0], 3'b101}: y = 4'd3;
            5'd17: y = 4'd4;
        endcase
    end
    always @*
        case (1'b1)
            a[3] & b[3]: z = 4'd8;
            a > b: z = 4'd4;
            a == b: z = 4'd2;
            default: z = 4'd1;
        endcase
    always @*
        case (s)
            -1: w = 3'd1;
            -8: w = 3'd2;
            3: w = 3'd3;
            4'sd6: w = 3'd4;
            default: w = 3'd0;
        endcase
    always @* begin
        u = 1'b0;
        case (a + b)
            5'd16: u = 1'b1;
            5'd0: u = 1'b1;
        endcase
    end
endmodule
