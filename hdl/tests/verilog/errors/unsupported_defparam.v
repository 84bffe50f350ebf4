// expect: HW2413
module m(input a, output y);
    outer u (a, y);
    defparam [|u.v.W|] = 3;
endmodule
module outer(input a, output y);
    inner v (a, y);
endmodule
module inner #(parameter W = 1) (input a, output y);
    assign y = a;
endmodule
