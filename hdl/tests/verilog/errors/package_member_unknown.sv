// expect: HW2201
package p;
    localparam int A = 1;
endpackage
module m(input logic a, output logic y);
    assign y = a & [|p::B|];
endmodule
