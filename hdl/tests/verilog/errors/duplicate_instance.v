// expect: HW2204
module m(input a, output y, z);
    inner u (a, y);
    inner [|u (a, z)|];
endmodule
module inner(input a, output y);
    assign y = a;
endmodule
