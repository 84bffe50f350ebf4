// expect: HW2211
module m(input a, output y);
    inner u (a, y, [|a|]);
endmodule
module inner(input a, output y);
    assign y = a;
endmodule
