// expect: HW2014
`define A `B
`define B `A
module m(output [7:0] y);
    assign y = [|`A|];
endmodule
