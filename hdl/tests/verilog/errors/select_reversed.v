// expect: HW2301
module m(input [7:0] a, output [3:0] y);
    assign y = [|a[2:5]|];
endmodule
