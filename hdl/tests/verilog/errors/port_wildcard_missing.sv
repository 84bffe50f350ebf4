// expect: HW2201
module m(input logic a, output logic y);
    inner u ([|.*|]);
endmodule
module inner(input logic a, missing, output logic y);
    assign y = a & missing;
endmodule
