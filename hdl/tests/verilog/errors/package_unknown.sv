// expect: HW2201
module m import [|nowhere::*|]; (input logic a, output logic y);
    assign y = a;
endmodule
