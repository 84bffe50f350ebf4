// expect: HW2209
module m(input a, output y);
    genvar i;
    generate
        for (i = 0; [|i >= 0|]; i = i + 1) begin : g
            wire t;
        end
    endgenerate
    assign y = a;
endmodule
