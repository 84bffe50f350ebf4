// top: function_width_return
// A function's arguments are cut or extended to its ports, its result to its own type.
module function_width_return(input [7:0] a, input signed [3:0] s, output [15:0] y, z, output signed [15:0] t, output one);
    function [3:0] low(input [3:0] x);
        low = x + 4'd1;
    endfunction
    function signed [5:0] wide(input signed [5:0] x);
        wide = x * 2;
    endfunction
    function parity(input [7:0] x);
        parity = ^x;
    endfunction
    assign y = low(a) + 16'd100;
    assign z = {low(a), low(a + 1)};
    assign t = wide(s) - 1;
    assign one = parity(a) & parity(s);
endmodule
