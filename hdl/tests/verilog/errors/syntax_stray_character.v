// expect: HW2005
module m(input a, output y);
    assign y = a [|§|] 1;
endmodule
