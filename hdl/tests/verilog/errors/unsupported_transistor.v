// expect: HW2401
module m(input a, c, output y);
    [|nmos|] n (y, a, c);
endmodule
