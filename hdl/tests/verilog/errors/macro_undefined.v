// expect: HW2008
module m(output [7:0] y);
    assign y = [|`WIDTH|];
endmodule
