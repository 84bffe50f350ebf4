// top: constant_functions
// Parameters by functions of parameters: clog2 of one's own, table sizes, loops with locals.
module constant_functions #(parameter DEPTH = 37) (input [clogb2(DEPTH)-1:0] a, output [7:0] y, output [W-1:0] z);
    function integer clogb2;
        input integer value;
        begin
            value = value - 1;
            for (clogb2 = 0; value > 0; clogb2 = clogb2 + 1)
                value = value >> 1;
        end
    endfunction
    function integer fib(input integer n);
        integer i, a, b, t;
        begin
            a = 0;
            b = 1;
            for (i = 0; i < n; i = i + 1) begin
                t = a + b;
                a = b;
                b = t;
            end
            fib = a;
        end
    endfunction
    localparam W = clogb2(fib(11));
    localparam [7:0] K = fib(10) + clogb2(DEPTH);
    assign y = a + K;
    assign z = {W{a[0]}} ^ fib(9);
endmodule
