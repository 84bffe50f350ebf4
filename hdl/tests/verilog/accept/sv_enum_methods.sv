// top: sv_enum_methods
// clock: clk
// reset: rst
// first, last, next, prev and num, with and without parentheses and steps; values without a name lead to zero.
module sv_enum_methods(input logic clk, rst, input logic [2:0] raw, output logic [2:0] walk, back, two, odd, output logic is_last, output int count);
    typedef enum logic [2:0] {IDLE = 3'd1, LOAD, RUN = 3'd4, DONE} state_e;
    state_e s, p, t, r;
    always_ff @(posedge clk)
        if (rst) begin
            s <= s.first;
            p <= p.last();
        end else begin
            s <= s.next();
            p <= p.prev;
        end
    always_comb begin
        t = s.next(2);
        r = state_e'(raw);
    end
    assign walk = s;
    assign back = p;
    assign two = t;
    assign odd = r.next();
    assign is_last = s == s.last;
    assign count = s.num();
endmodule
