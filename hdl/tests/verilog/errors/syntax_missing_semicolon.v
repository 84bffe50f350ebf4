// expect: HW2102
// a statement without its semicolon
module m(input a, output y);
    assign y = a[||]
endmodule
