// top: sv_latch
// always_latch: a transparent latch, one with a reset, and one whose enable is a decoded address.
module sv_latch(input logic en, rst_n, input logic [1:0] a, input logic [7:0] d, output logic [7:0] q, r, output logic [3:0][7:0] bank);
    always_latch if (en) q <= d;
    always_latch
        if (!rst_n) r = '0;
        else if (en && a[0]) r = d;
    for (genvar i = 0; i < 4; i++) begin : g_bank
        always_latch if (en && a == i) bank[i] = d;
    end
endmodule
