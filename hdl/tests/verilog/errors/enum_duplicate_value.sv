// expect: HW2313
module m(input logic a, output logic [1:0] y);
    typedef enum logic [1:0] {A = 1, [|B = 1|]} e;
    e x;
    assign x = A;
    assign y = x;
endmodule
