// top: functions_verilog
// Functions: nested calls, a constant, signed results, locals, automatic, in port connections and indexes.
module functions_verilog(input [7:0] a, b, input signed [7:0] s, output [7:0] mx, output [7:0] gray, bin, output signed [7:0] clamp_out, output [15:0] fact, output [3:0] ones, output pick);
    function [7:0] max(input [7:0] x, y);
        max = x > y ? x : y;
    endfunction
    function [7:0] to_gray;
        input [7:0] x;
        to_gray = x ^ (x >> 1);
    endfunction
    function [7:0] from_gray(input [7:0] g);
        integer i;
        begin
            from_gray[7] = g[7];
            for (i = 6; i >= 0; i = i - 1)
                from_gray[i] = from_gray[i + 1] ^ g[i];
        end
    endfunction
    function signed [7:0] clamp(input signed [7:0] x, input signed [7:0] lo, hi);
        if (x < lo) clamp = lo;
        else if (x > hi) clamp = hi;
        else clamp = x;
    endfunction
    function automatic integer factorial(input integer n);
        integer k;
        begin
            factorial = 1;
            for (k = 2; k <= n; k = k + 1) factorial = factorial * k;
        end
    endfunction
    function [3:0] popcount;
        input [7:0] x;
        reg [3:0] c;
        integer i;
        begin
            c = 0;
            for (i = 0; i < 8; i = i + 1) c = c + x[i];
            popcount = c;
        end
    endfunction
    localparam F6 = factorial(6);
    assign mx = max(max(a, b), max(to_gray(a), 8'd17));
    assign gray = to_gray(a);
    assign bin = from_gray(to_gray(b));
    assign clamp_out = clamp(s, -8'sd20, 30);
    assign fact = F6 + a;
    assign ones = popcount(a & b);
    assign pick = a[popcount(b) & 3'd7];
endmodule
