// expect: HW2010
module m(output y);
    assign y = 1;
endmodule
[|`else|]
