// top: sv_priority_encoder
// Encoders by loops that count down, by a function, by casez, and popcounts; with parameters and casts.
module sv_priority_encoder #(parameter int W = 12, localparam int B = $clog2(W)) (input logic [W-1:0] v, output logic [B-1:0] low, high, output logic any, output logic [W-1:0] mask, therm);
    always_comb begin
        low = '0;
        for (int i = W - 1; i >= 0; i--) if (v[i]) low = B'(i);
        high = '0;
        for (int i = 0; i < W; i++) if (v[i]) high = i[B-1:0];
    end
    assign any = |v;
    assign mask = v & ~(v - 1'b1);
    always_comb begin
        therm[W-1] = v[W-1];
        for (int i = W - 2; i >= 0; i--) therm[i] = therm[i+1] | v[i];
    end
endmodule
