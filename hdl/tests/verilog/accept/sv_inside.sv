// top: sv_inside
// Membership: values, ranges, wildcards, lists, in conditions and in case inside.
module sv_inside(input logic [7:0] v, input logic signed [7:0] s, output logic a, b, c, d, output logic [2:0] k);
    assign a = v inside {8'd1, 8'd3, [8'd10:8'd20], 8'hFF};
    assign b = v inside {8'b1010_????, 8'b0?0?_0000};
    assign c = !(v inside {[0:99]}) && v[0];
    assign d = s inside {[-8'sd5:8'sd5], -8'sd100};
    always_comb
        case (v) inside
            [8'd0:8'd15]: k = 3'd0;
            8'b0001_????, 8'd200: k = 3'd1;
            [8'd100:8'd127], [8'd250:8'd255]: k = 3'd2;
            default: k = 3'd7;
        endcase
endmodule
