// expect: HW2401
[|interface|] bus;
    logic [7:0] data;
endinterface
module m(input a, output y);
    assign y = a;
endmodule
