// top: unary_minus
// Negation before and after widening; the most negative value; minus of a comparison and of literals.
module unary_minus(input signed [3:0] s, input [3:0] u, output signed [7:0] a, b, output [7:0] c, d, e, output [7:0] f, output signed [4:0] g);
    assign a = -s;
    assign b = -(s + s);
    assign c = -u;
    assign d = -(u == 3);
    assign e = -(-u);
    assign f = -4'd3;
    assign g = -s - 5'sd1;
endmodule
