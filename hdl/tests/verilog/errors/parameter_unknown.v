// expect: HW2203
module m(input a, output y);
    inner #([|.WIDTH(3)|]) u (.a(a), .y(y));
endmodule
module inner #(parameter W = 1) (input a, output y);
    assign y = a;
endmodule
