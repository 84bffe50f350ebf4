// expect: HW2???
module m(input a, b, output y);
    [|wand|] w;
    assign w = a;
    assign w = b;
    assign y = w;
endmodule
