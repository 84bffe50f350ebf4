// expect: HW2302
module m(input a, output [3:0] y);
    assign y = [|{-1{a}}|];
endmodule
