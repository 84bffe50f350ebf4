// expect: HW2412
module low(input a, output y);
    wire x;
    assign y = a;
endmodule
module m(input a, output y);
    low l(a, y);
    assign [|l.x|] = a;
endmodule
