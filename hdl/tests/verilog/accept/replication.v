// top: replication
// Replications: nested, of expressions, by parameters, sign extension by hand, and of literals.
module replication #(parameter N = 3) (input [3:0] a, input b, output [15:0] x, y, output [3*N-1:0] z, output [31:0] w);
    assign x = {{12{a[3]}}, a};
    assign y = {2{a, {2{b, ~b}}}};
    assign z = {N{a[2:0] + 3'd1}};
    assign w = {{4{2'b10}}, {8{b}}, {(N+1){a}}};
endmodule
