// expect: HW2311
module m(input [7:0] a, output [7:0] y);
    reg [7:0] mem [0:3];
    assign y = a;
    always @* mem = [|a|];
endmodule
