// expect: HW2???
module m(a, [|b|], y);
    input a;
    output y;
    assign y = a;
endmodule
