// top: division_signed
// Quotients round to zero, remainders take the dividend's sign; widths and mixed signs; constants with the most negative.
module division_signed(input signed [4:0] a, b, input [4:0] u, output signed [9:0] q, r, mq, mr, c1, c2, c3, output same, output [9:0] uq);
    assign q = a / b;
    assign r = a % b;
    assign mq = a / u;
    assign mr = a % u;
    assign c1 = a / -3;
    assign c2 = a % -3;
    assign c3 = a / 5'sd4;
    assign same = b == 0 || (a == (a / b) * b + a % b);
    assign uq = u / b;
endmodule
