// expect: HW2201
module m(input [3:0] a, output [3:0] y);
    assign y = [|twice|](a);
endmodule
