// top: part_select_out_of_range
// clock: clk
// Indexes that may leave the range: reads are zero, writes do nothing, of bits and of words.
module part_select_out_of_range(input clk, input [4:0] i, input [9:0] v, input d, output bit_read, output reg [9:0] w, output reg [5:0] cell_q, output [5:0] cell_a);
    assign bit_read = v[i];
    always @(posedge clk) w[i] <= d;
    reg [5:0] mem [2:12];
    always @(posedge clk) begin
        mem[i] <= {i, d};
        cell_q <= mem[i + 1];
    end
    assign cell_a = mem[i];
endmodule
