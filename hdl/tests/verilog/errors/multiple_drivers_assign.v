// expect: HW2303
module m(input a, b, output y);
    assign y = a;
    assign [|y|] = b;
endmodule
