// expect: HW2211
module m(input a, b, output y);
    inner u (.a(a), [|.a(b)|], .y(y));
endmodule
module inner(input a, output y);
    assign y = a;
endmodule
