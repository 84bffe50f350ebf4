// expect: HW2304
module m(input a, b, output y);
    assign [|a|] = b;
    assign y = a;
endmodule
