// expect: HW2013
`define ADD(a, b) ((a) + (b))
module m(output [7:0] y);
    assign y = [|`ADD(1)|];
endmodule
