// expect: HW2201
module m(input a, output y);
    assign y = a ^ [|nothere|];
endmodule
