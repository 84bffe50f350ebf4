// expect: HW2213
module m(input [1:0] a, output [7:0] y);
    reg [7:0] mem [0:3];
    initial $readmemh([|"not_here.hex"|], mem);
    assign y = mem[a];
endmodule
