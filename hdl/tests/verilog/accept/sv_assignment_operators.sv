// top: sv_assignment_operators
// clock: clk
// reset: rst
// ++ -- and the assignment operators, in combinational and clocked blocks, on slices and members.
module sv_assignment_operators(input logic clk, rst, input logic [7:0] d, input logic signed [7:0] s, output logic [7:0] a, b, output logic signed [7:0] c, output logic [15:0] h);
    always_comb begin
        a = d;
        a += 8'd3;
        a -= d[7:4];
        a *= 3;
        a &= 8'hF7;
        a |= 8'h10;
        a ^= d;
        a <<= 1;
        a >>= 2;
        a++;
    end
    always_comb begin
        b = d;
        b /= 3;
        b %= 7;
        b--;
        c = s;
        c >>>= 2;
        c <<<= 1;
        c -= 1;
    end
    logic [15:0] t;
    always_ff @(posedge clk)
        if (rst) h <= '0;
        else begin
            t = h;
            t[7:0] += d;
            t[15:8] -= 8'(t[0]);
            h <= t;
        end
endmodule
