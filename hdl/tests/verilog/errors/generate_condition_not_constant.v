// expect: HW2205
module m(input a, b, output y);
    if ([|a|]) begin : g
        assign y = b;
    end
endmodule
