// expect: HW2401
[|primitive|] p(y, a);
    output y;
    input a;
    table
        0 : 1;
        1 : 0;
    endtable
endprimitive
module m(input a, output y);
    p u (y, a);
endmodule
