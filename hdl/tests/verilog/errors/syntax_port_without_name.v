// expect: HW2???
module m(input a, output[|)|];
endmodule
