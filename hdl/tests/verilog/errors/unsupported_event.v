// expect: HW2413
module m(input a, output y);
    [|event|] e;
    assign y = a;
endmodule
