// top: sv_multiport_memory
// clock: clk
// A memory with three reads and two writes in loops over ports that are packed arrays; initial contents by a pattern.
module sv_multiport_memory #(parameter int R = 3, parameter int P = 2) (
    input logic clk, input logic [P-1:0] we, input logic [P-1:0][3:0] wa, input logic [P-1:0][7:0] wd,
    input logic [R-1:0][3:0] ra, output logic [R-1:0][7:0] rd
);
    logic [7:0] mem [16] = '{default: 8'h11};
    always_ff @(posedge clk)
        for (int p = 0; p < P; p++)
            if (we[p]) mem[wa[p]] <= wd[p];
    always_comb
        for (int r = 0; r < R; r++) rd[r] = mem[ra[r]];
endmodule
