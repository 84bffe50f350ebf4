// top: generate_case
// A generate case with several labels, default, and instances inside of it; three variants below one top.
module generate_case(input [7:0] a, b, output [7:0] x, y, z);
    generate_case_unit #("add") u1 (a, b, x);
    generate_case_unit #("xor") u2 (a, b, y);
    generate_case_unit #(.OP("any")) u3 (a, b, z);
endmodule

module generate_case_unit #(parameter OP = "add") (input [7:0] a, b, output [7:0] y);
    generate
        case (OP)
            "add", "sum": begin : g_add
                assign y = a + b;
            end
            "xor": begin : g_xor
                wire [7:0] t = a ^ b;
                assign y = t;
            end
            default: begin : g_def
                generate_case_leaf leaf (.a(a), .y(y));
            end
        endcase
    endgenerate
endmodule

module generate_case_leaf(input [7:0] a, output [7:0] y);
    assign y = {a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]};
endmodule
