// expect: HW2101
module m(input a, output y);
    assign y = a + [|;|]
endmodule
