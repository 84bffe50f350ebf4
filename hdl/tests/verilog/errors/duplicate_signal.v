// expect: HW2204
module m(input a, output y);
    wire t;
    reg [|t|];
    assign y = a;
endmodule
