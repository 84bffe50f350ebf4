// expect: HW2201
module low(input a, output y);
    wire carry = a;
    assign y = carry;
endmodule
module m(input a, output y, z);
    low l(a, y);
    assign z = [|l.cary|];
endmodule
