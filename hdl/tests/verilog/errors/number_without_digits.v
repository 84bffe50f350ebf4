// expect: HW2110
module m(output [7:0] y);
    assign y = 8[|'h|];
endmodule
