// expect: HW2101
module m(input a, output y);
    assign [|1|] = a;
    assign y = a;
endmodule
