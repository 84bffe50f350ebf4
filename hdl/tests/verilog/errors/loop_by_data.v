// expect: HW2209
module m(input [3:0] a, output reg [3:0] y);
    reg [3:0] t;
    always @* begin
        t = a;
        y = 0;
        [|while (t != 0) begin|]
            t = t >> 1;
            y = y + 1;
        end
    end
endmodule
