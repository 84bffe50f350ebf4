// expect: HW2006
module m(output y);
    assign y = 1;
[|/*|] this goes on
endmodule
