// expect: HW2411
module m(input a, output reg y);
    always @* begin
        [|fork|]
            y = a;
        join
    end
endmodule
