// expect: HW2205
module m(input [3:0] n, output y);
    wire [[|n|]:0] t;
    assign y = t[0];
endmodule
