// expect: HW2209
module m(input [3:0] a, output reg [3:0] y);
    always @* begin
        y = a;
        [|while (1) y = y + 1;|]
    end
endmodule
