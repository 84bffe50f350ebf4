// top: constant_recursion
// oracle: icarus (Verilator refuses recursive functions)
// Recursive automatic functions of constants, and of a variable with a depth that a constant bounds.
module constant_recursion(input [3:0] a, output [15:0] y, z, output [3:0] ones);
    function automatic integer factorial(input integer n);
        if (n <= 1) factorial = 1;
        else factorial = n * factorial(n - 1);
    endfunction
    function automatic integer fib(input integer n);
        fib = n < 2 ? n : fib(n - 1) + fib(n - 2);
    endfunction
    localparam F7 = factorial(7);
    localparam B10 = fib(10);
    assign y = F7 + a;
    assign z = B10 * a;
    assign ones = a[0] + a[1] + factorial(2);
endmodule
