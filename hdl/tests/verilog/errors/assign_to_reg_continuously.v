// expect: HW2???
module m(input a, output reg y);
    assign [|y|] = a;
endmodule
