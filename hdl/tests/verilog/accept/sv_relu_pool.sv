// top: sv_relu_pool
// clock: clk
// reset: rst
// Requantiser, ReLU and max-pool over a window held in a shift register of arrays; saturation functions.
module sv_relu_pool #(parameter int W = 16, O = 8) (input logic clk, rst, en, input logic signed [W-1:0] x, input logic [3:0] shift, output logic [O-1:0] q, pooled);
    function automatic logic [O-1:0] quantise(logic signed [W-1:0] v, logic [3:0] s);
        logic signed [W:0] r;
        r = s == 0 ? v : (W+1)'(v + (1 <<< (s - 1))) >>> s;
        if (r < 0) return '0;
        if (r > (1 << O) - 1) return '1;
        return r[O-1:0];
    endfunction
    logic [O-1:0] window [3:0];
    always_ff @(posedge clk)
        if (rst) window <= '{4{'0}};
        else if (en) begin
            window[0] <= q;
            for (int i = 1; i < 4; i++) window[i] <= window[i-1];
        end
    assign q = quantise(x, shift);
    always_comb begin
        pooled = '0;
        foreach (window[i])
            if (window[i] > pooled) pooled = window[i];
    end
endmodule
