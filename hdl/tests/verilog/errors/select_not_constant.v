// expect: HW2205
module m(input [7:0] a, input [2:0] i, output [3:0] y);
    assign y = a[[|i|]:0];
endmodule
