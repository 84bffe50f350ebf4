// expect: HW2217
module m(a, [|b|], y);
    input a;
    output y;
    assign y = a;
endmodule
