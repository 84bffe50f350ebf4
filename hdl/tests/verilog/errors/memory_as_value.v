// expect: HW2311
module m(input clk, output [7:0] y);
    reg [7:0] mem [0:3];
    assign y = [|mem|];
endmodule
