// expect: HW2201
`default_nettype none
module m(input wire a, output wire y);
    assign y = a & [|b|];
endmodule
