// expect: HW2203
module m(input a, output y);
    inner #([|.W(3)|]) u (.a(a), .y(y));
endmodule
module inner (input a, output y);
    localparam W = 2;
    assign y = a & W[0];
endmodule
