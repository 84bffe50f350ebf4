// top: sv_two_clocks
// clock: fast
// clock: slow
// reset: rst_n low
// Pulses between clocks with always_ff, a reset synchroniser each, and a gray counter that crosses.
module sv_two_clocks(input logic fast, slow, rst_n, input logic pulse, output logic seen, output logic [3:0] crossed, output logic [3:0] count);
    logic [1:0] rf, rs;
    always_ff @(posedge fast or negedge rst_n) if (!rst_n) rf <= '0; else rf <= {rf[0], 1'b1};
    always_ff @(posedge slow or negedge rst_n) if (!rst_n) rs <= '0; else rs <= {rs[0], 1'b1};
    logic toggle;
    logic [2:0] sync;
    always_ff @(posedge fast or negedge rst_n)
        if (!rst_n) begin
            toggle <= 1'b0;
            count <= '0;
        end else if (rf[1]) begin
            toggle <= toggle ^ pulse;
            count <= count + 4'(pulse);
        end
    logic [3:0] gray, g1, g2;
    assign gray = count ^ (count >> 1);
    always_ff @(posedge slow)
        if (!rs[1]) begin
            sync <= '0;
            {g1, g2} <= '0;
        end else begin
            sync <= {sync[1:0], toggle};
            g1 <= gray;
            g2 <= g1;
        end
    assign seen = sync[2] ^ sync[1];
    always_comb begin
        crossed[3] = g2[3];
        for (int i = 2; i >= 0; i--) crossed[i] = crossed[i+1] ^ g2[i];
    end
endmodule
