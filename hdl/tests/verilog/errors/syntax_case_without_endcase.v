// expect: HW2103
module m(input [1:0] a, output reg y);
    always @*
        [|case|] (a)
            2'd0: y = 1;
            default: y = 0;
endmodule
