// top: power_operator
// The power operator with constants and variables, signed bases, and in parameters.
module power_operator #(parameter N = 5) (input [3:0] a, b, input signed [3:0] s, output [15:0] two_to, squares, output [15:0] cubes, output signed [15:0] sq, output [2**N-1:0] hot, output [7:0] both);
    localparam SIZE = 2 ** N;
    assign two_to = 2 ** a;
    assign squares = a ** 2;
    assign cubes = a ** 3;
    assign sq = s ** 2;
    assign hot = SIZE - 1 - a;
    assign both = a ** b;
endmodule
