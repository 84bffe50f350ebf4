// expect: HW2412 HW2412
module low(input clk, input [9:0] a, output reg [7:0] y);
    reg [7:0] words [0:1023];
    always @(posedge clk) y <= words[a];
endmodule
module m(input clk, input [9:0] a, output [7:0] y, z, w);
    low l(clk, a, y);
    assign z = [|l.words[a]|];
    assign w = [|l.words|];
endmodule
