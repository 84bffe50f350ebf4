// expect: HW2204
module m(input [1:0] a, output reg y);
    always @*
        case (a)
            default: y = 0;
            2'd1: y = 1;
            [|default: y = 1;|]
        endcase
endmodule
