// expect: HW2412
module low(input a, output y);
    wire x = a;
    assign y = x;
endmodule
module m(input a, output y, output reg z);
    low l(a, y);
    initial z = [|l.x|];
endmodule
