// expect: HW2011
`include [|"nowhere.vh"|]
module m(output y);
    assign y = 1;
endmodule
