// top: sv_functions
// Functions with return, void functions, outputs, defaults, arrays and structs as arguments, early return.
module sv_functions(input logic [7:0] a, b, output logic [7:0] y, z, w, output logic [3:0] idx, output logic any, output logic [15:0] mac);
    function automatic logic [7:0] saturate(input logic signed [9:0] v);
        if (v < 0) return 8'd0;
        if (v > 255) return 8'd255;
        return v[7:0];
    endfunction
    function automatic void sort2(input logic [7:0] p, q, output logic [7:0] lo, hi);
        if (p < q) begin
            lo = p;
            hi = q;
        end else begin
            lo = q;
            hi = p;
        end
    endfunction
    function automatic logic find(input logic [7:0] v, output logic [3:0] at);
        at = '0;
        for (int i = 0; i < 8; i++)
            if (v[i]) begin
                at = 4'(i);
                return 1'b1;
            end
        return 1'b0;
    endfunction
    typedef struct packed {logic [7:0] x, k;} term_t;
    function automatic logic [15:0] dot(term_t t, logic [15:0] base = 16'd100);
        return t.x * t.k + base;
    endfunction
    assign y = saturate($signed({2'b00, a}) - $signed({2'b00, b}));
    always_comb begin
        sort2(a, b, z, w);
        any = find(a & b, idx);
        mac = dot('{x: a, k: b}) ^ dot({a, a}, 16'd1);
    end
endmodule
