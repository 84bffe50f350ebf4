// expect: HW2314
module m(input logic [7:0] a, output logic y);
    typedef [|union packed {logic [7:0] b; logic [3:0] c;}|] u;
    u x;
    assign x = a;
    assign y = x.b[0];
endmodule
