// expect: HW2203
module m(input a, output y);
    inner u (.a(a), [|.z(y)|]);
endmodule
module inner(input a, output y);
    assign y = a;
endmodule
