// expect: HW2201
module m(input a, output y);
    [|wrie|] w = a;
    assign y = w;
endmodule
