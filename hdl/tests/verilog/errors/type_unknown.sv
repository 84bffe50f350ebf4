// expect: HW2201
module m(input logic a, output logic y);
    [|word_t|] x;
    assign x = a;
    assign y = x;
endmodule
