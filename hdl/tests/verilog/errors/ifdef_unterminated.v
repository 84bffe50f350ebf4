// expect: HW2010
[|`ifdef|] SYNTHESIS
module m(output y);
    assign y = 1;
endmodule
