// expect: HW2204
module m(input a, output y);
    parameter P = 1;
    localparam [|P = 2|];
    assign y = a & P;
endmodule
