// expect: HW2302
module m(input logic a, output logic [1:0] y);
    typedef enum logic [1:0] {A, B, C, D, [|E|]} e;
    e x;
    assign x = A;
    assign y = x;
endmodule
