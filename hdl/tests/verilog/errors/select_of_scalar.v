// expect: HW2309
module m(input a, output y);
    assign y = [|a[2]|];
endmodule
