// expect: HW2???
module m(input a, output y);
    [|event|] e;
    assign y = a;
endmodule
