// expect: HW2401
module m(input a, output y);
    and ([|strong1|], weak0) g (y, a, a);
endmodule
