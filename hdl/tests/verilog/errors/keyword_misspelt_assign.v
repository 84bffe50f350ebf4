// expect: HW2201
module m(input a, output y);
    [|asign|] y = a;
endmodule
