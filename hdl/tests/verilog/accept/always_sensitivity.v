// top: always_sensitivity
// clock: clk
// Sensitivity lists: or, comma, star with and without parentheses, edges with commas, and named blocks with locals.
module always_sensitivity(input clk, arst, input [3:0] a, b, output reg [3:0] w, x, y, z, output reg [3:0] q);
    always @(a or b) w = a & b;
    always @(a, b) x = a | b;
    always @* y = a ^ b;
    always @(*) begin : named
        reg [3:0] local_value;
        integer i;
        local_value = 0;
        for (i = 0; i < 4; i = i + 1) local_value[i] = a[3 - i];
        z = local_value + b;
    end
    always @(posedge clk, posedge arst)
        if (arst) q <= 0;
        else q <= w + x;
endmodule
