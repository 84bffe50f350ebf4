// expect: HW2414
module m(input a, output reg y);
    [|always y = a;|]
endmodule
