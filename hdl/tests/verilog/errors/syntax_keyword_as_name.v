// expect: HW2101
module m(input a, output y);
    wire [|case|];
    assign y = a;
endmodule
