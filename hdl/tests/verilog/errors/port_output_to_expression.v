// expect: HW2412
module m(input a, b, output y);
    inner u (.a(a), .y([|a & b|]));
    assign y = a;
endmodule
module inner(input a, output y);
    assign y = a;
endmodule
