// expect: HW2110
module m(output [7:0] y);
    assign y = [|0|]'d1;
endmodule
