// top: width_context
// Intermediate results take the width of the context: carries kept or lost, comparison operands, conditions.
module width_context(
    input [7:0] a, b, input [3:0] n,
    output [7:0] average, output [7:0] average_lost, output [8:0] sum9, output [15:0] product, output [7:0] product8,
    output carry_seen, carry_lost, output [15:0] inverted, output [15:0] shifted, output [8:0] cond, output [7:0] hi,
    output [7:0] averaged_zero
);
    assign average = (a + b + 9'd0) >> 1;
    assign average_lost = (a + b) >> 1;
    assign averaged_zero = (a + b + 0) >> 1;
    assign sum9 = a + b;
    assign product = a * b;
    assign product8 = a * b;
    assign carry_seen = (a + b) > 255;
    assign carry_lost = (a + b) > 8'd254;
    assign inverted = ~a;
    assign shifted = a << n;
    assign cond = n[0] ? a + b : a - b;
    assign hi = {a * b} >> 4;
endmodule
