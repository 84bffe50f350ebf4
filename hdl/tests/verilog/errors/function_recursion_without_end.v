// expect: HW2209
module m(output [7:0] y);
    function automatic integer f(input integer n);
        f = [|f(n + 1)|] + 1;
    endfunction
    localparam P = f(1);
    assign y = P;
endmodule
