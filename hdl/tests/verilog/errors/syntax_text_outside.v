// expect: HW2102
hello world[||]
module m(input a, output y);
    assign y = a;
endmodule
