// expect: HW2???
[|`ifdef|] SYNTHESIS
module m(output y);
    assign y = 1;
endmodule
