// expect: HW2???
module m(input a, b, output y);
    if ([|a|]) begin : g
        assign y = b;
    end
endmodule
