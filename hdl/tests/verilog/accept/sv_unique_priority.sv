// top: sv_unique_priority
// unique, unique0 and priority on case and if.
module sv_unique_priority(input logic [3:0] r, input logic [1:0] s, output logic [1:0] a, b, c, output logic [3:0] d);
    always_comb begin
        priority case (1'b1)
            r[3]: a = 2'd3;
            r[2]: a = 2'd2;
            r[1]: a = 2'd1;
            default: a = 2'd0;
        endcase
    end
    always_comb
        unique case (s)
            2'd0: b = 2'd1;
            2'd1: b = 2'd2;
            2'd2, 2'd3: b = 2'd3;
        endcase
    always_comb begin
        c = 2'd0;
        unique0 case (r)
            4'd1: c = 2'd1;
            4'd2: c = 2'd2;
        endcase
    end
    always_comb
        unique if (s == 2'd0) d = r;
        else if (s == 2'd1) d = ~r;
        else if (s[1]) d = {r[0], r[3:1]};
endmodule
