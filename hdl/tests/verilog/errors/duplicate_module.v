// expect: HW2204
module m(input a, output y);
    assign y = a;
endmodule
module [|m|](input b, output z);
    assign z = b;
endmodule
