// expect: HW2???
module m(input a, output reg y);
    always @* begin
        [|fork|]
            y = a;
        join
    end
endmodule
