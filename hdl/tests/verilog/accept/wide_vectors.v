// top: wide_vectors
// clock: clk
// reset: rst
// Vectors above 64 bits: sums, products, shifts, comparisons, reductions, selects, and registers.
module wide_vectors(input clk, rst, input [127:0] a, b, input [6:0] n, output reg [127:0] acc, output [127:0] sh, sar, output [7:0] flags, output [15:0] part, output [255:0] both, output [128:0] sum);
    always @(posedge clk)
        if (rst) acc <= 128'h1;
        else acc <= {acc[126:0], acc[127]} ^ (a + b);
    assign sh = (a << n) | (b >> n);
    assign sar = $signed(a) >>> n;
    assign flags = {a == b, a < b, $signed(a) < $signed(b), &a, |b, ^a, a[n], !b};
    assign part = a[{1'b0, n[5:0]} +: 16];
    assign both = {a, ~b};
    assign sum = a + b + 1;
endmodule
