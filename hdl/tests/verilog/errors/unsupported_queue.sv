// expect: HW2401
module m(input logic a, output logic y);
    int q [[|$|]];
    assign y = a;
endmodule
