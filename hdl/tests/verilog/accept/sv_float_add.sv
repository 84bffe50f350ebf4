// top: sv_float_add
// clock: clk
// An adder of small floats (1-4-3): alignment, normalisation by a loop with break, structs.
module sv_float_add(input logic clk, input logic [7:0] a, b, output logic [7:0] y);
    typedef struct packed {logic sign; logic [3:0] exp; logic [2:0] frac;} f8_t;
    f8_t fa, fb, big, small_one, r;
    logic [6:0] mb, ms;
    logic signed [8:0] total;
    logic [8:0] mag;
    logic [3:0] e;
    assign fa = a;
    assign fb = b;
    always_comb begin
        {big, small_one} = {fa.exp, fa.frac} >= {fb.exp, fb.frac} ? {fa, fb} : {fb, fa};
        mb = {|big.exp, big.frac, 3'b000};
        ms = {|small_one.exp, small_one.frac, 3'b000} >> (big.exp - small_one.exp);
        total = big.sign == small_one.sign ? 9'(mb) + 9'(ms) : 9'(mb) - 9'(ms);
        mag = total;
        e = big.exp;
        if (mag[7]) begin
            mag >>= 1;
            e++;
        end else
            for (int i = 0; i < 7; i++) begin
                if (mag[6] || e == 0) break;
                mag <<= 1;
                e--;
            end
        r = '{sign: big.sign, exp: e, frac: mag[5:3]};
        if (mag == 0) r = '0;
    end
    always_ff @(posedge clk) y <= r;
endmodule
