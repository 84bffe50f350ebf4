// expect: HW2413
module m(input a, output y);
    inner u (a, y);
    [|defparam u.W = 3;|]
endmodule
module inner #(parameter W = 1) (input a, output y);
    assign y = a;
endmodule
