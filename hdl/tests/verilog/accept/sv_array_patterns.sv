// top: sv_array_patterns
// clock: clk
// reset: rst
// Assignment patterns of arrays: default, positional, by index, replicated, nested; parameters that are arrays.
module sv_array_patterns(input logic clk, rst, input logic [1:0] i, input logic [7:0] d, output logic [7:0] a, b, c, e);
    localparam logic [7:0] TABLE [4] = '{8'd3, 8'd1, 8'd4, 8'd159};
    localparam int PRIMES [0:3] = '{2, 3, 5, 7};
    logic [7:0] m [4];
    logic [7:0] n [2][2];
    always_ff @(posedge clk)
        if (rst) m <= '{default: '0};
        else if (d[0]) m <= '{d, ~d, 8'd7, m[0]};
        else m[i] <= TABLE[i];
    always_comb n = '{'{d, 8'd1}, '{2{d + 8'd1}}};
    assign a = m[i];
    assign b = TABLE[i] + d;
    assign c = PRIMES[i];
    assign e = n[i[0]][i[1]];
endmodule
