// expect: HW2211
module m(input a, output y);
    inner #(3, [|4|]) u (.a(a), .y(y));
endmodule
module inner #(parameter W = 1) (input a, output y);
    assign y = a;
endmodule
