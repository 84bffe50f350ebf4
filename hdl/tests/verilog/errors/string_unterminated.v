// expect: HW2007
module m(output [7:0] y);
    assign y = [|"|]a;
endmodule
