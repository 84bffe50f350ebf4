// expect: HW2101
module m(input a, output[|)|];
endmodule
