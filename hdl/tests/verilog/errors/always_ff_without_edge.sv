// expect: HW2414
module m(input logic a, output logic y);
    [|always_ff y <= a;|]
endmodule
