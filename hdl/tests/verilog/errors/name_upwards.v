// expect: HW2412
module low(input a, output y);
    assign y = a & [|m.secret|];
endmodule
module m(input a, output y);
    wire secret = a;
    low l(a, y);
endmodule
