// top: sv_for_int
// Loops that declare their variable, with break, continue, decrement, and nesting with equal names.
module sv_for_int(input logic [15:0] v, input logic [3:0] limit, output logic [4:0] ones, first_one, output logic [4:0] skipped, output logic [15:0] mirror, output logic [7:0] nest);
    always_comb begin
        ones = '0;
        for (int i = 0; i < 16; i++) ones += 5'(v[i]);
    end
    always_comb begin
        first_one = 5'd16;
        for (int i = 0; i < 16; i++)
            if (v[i]) begin
                first_one = 5'(i);
                break;
            end
    end
    always_comb begin
        skipped = 0;
        for (int unsigned i = 0; i < 16; i += 1) begin
            if (i % 3 == 0) continue;
            if (i > 32'(limit)) break;
            if (v[i]) skipped++;
        end
    end
    always_comb
        for (int i = 15; i >= 0; i--) mirror[15 - i] = v[i];
    always_comb begin
        nest = 8'd0;
        for (int i = 0; i < 4; ++i)
            for (int j = i; j < 4; ++j)
                nest += {4'd0, v[i*4 +: 4]} ^ {4'd0, v[j*4 +: 4]};
    end
endmodule
