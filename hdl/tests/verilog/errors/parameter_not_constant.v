// expect: HW2205
module m(input [3:0] a, output y);
    localparam P = [|a|] + 1;
    assign y = P;
endmodule
