// expect: HW2401
module m(input a, output y);
    assign y = a;
    [|specify|]
        (a => y) = 1;
    endspecify
endmodule
