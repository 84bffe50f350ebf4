// top: comparison_mixed
// Comparisons of different widths and signs, chained with logical operators, as numbers.
module comparison_mixed(input signed [3:0] s, input signed [5:0] t, input [3:0] u, input [5:0] v, output [15:0] y, output [3:0] count);
    assign y[0] = s < t;
    assign y[1] = s <= u;
    assign y[2] = u > t;
    assign y[3] = t >= s;
    assign y[4] = s == t;
    assign y[5] = s != v;
    assign y[6] = s === t;
    assign y[7] = u !== v;
    assign y[8] = s < 0;
    assign y[9] = s < 4'd0;
    assign y[10] = -s < t;
    assign y[11] = s + t < 10;
    assign y[12] = u - v < 0;
    assign y[13] = s > -6'sd3;
    assign y[14] = (s < t) == (u < v);
    assign y[15] = s * t > u * v;
    assign count = (s < t) + (u < v) + (s == 0) + (v >= 6'd32);
endmodule
