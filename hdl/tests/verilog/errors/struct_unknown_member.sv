// expect: HW2309
module m(input logic [7:0] a, output logic y);
    typedef struct packed {logic [3:0] hi, lo;} s;
    s x;
    assign x = a;
    assign y = [|x.mid|];
endmodule
