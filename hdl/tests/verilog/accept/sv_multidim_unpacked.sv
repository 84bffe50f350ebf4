// top: sv_multidim_unpacked
// clock: clk
// Unpacked arrays with sizes and ranges, of several dimensions, of packed arrays, written and read by variables.
module sv_multidim_unpacked(input logic clk, input logic we, input logic [1:0] r, input logic [2:0] c, input logic [7:0] d, output logic [7:0] q, output logic [3:0] lo, output logic [7:0] total);
    logic [7:0] grid [4][6];
    logic [1:0][3:0] pair [3:0];
    int count [2];
    always_ff @(posedge clk)
        if (we) begin
            grid[r][c] <= d;
            pair[r][d[0]] <= d[7:4];
            count[d[1]] <= count[d[1]] + 1;
        end
    assign q = grid[r][c];
    assign lo = pair[r][c[0]];
    assign total = count[0][7:0] - count[1][7:0];
endmodule
