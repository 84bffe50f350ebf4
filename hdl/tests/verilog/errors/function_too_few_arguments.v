// expect: HW2212
module m(input [3:0] a, output [3:0] y);
    function [3:0] add(input [3:0] p, q);
        add = p + q;
    endfunction
    assign y = [|add(a)|];
endmodule
