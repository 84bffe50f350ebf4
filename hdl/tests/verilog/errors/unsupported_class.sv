// expect: HW2401
[|class|] c;
    int x;
endclass
module m(output logic y);
    assign y = 1;
endmodule
