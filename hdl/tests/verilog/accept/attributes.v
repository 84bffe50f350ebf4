// top: attributes
// clock: clk
// Attributes on modules, ports, declarations, statements, instances, operators and cases.
(* keep_hierarchy = "yes", top *)
module attributes((* mark_debug = "true" *) input clk, input [3:0] a, output [3:0] y, output reg [3:0] q);
    (* ram_style = "block" *) reg [3:0] mem [0:15];
    (* keep *) wire [3:0] t = a + (* fast *) 4'd1;
    (* dont_touch = 1 *) attributes_inner u (.a(t), .y(y));
    (* max_fanout = 16, foo *)
    always @(posedge clk) begin
        (* full_case, parallel_case *)
        case (a[1:0])
            2'b00: q <= 4'd1;
            2'b01: q <= 4'd2;
            2'b10: q <= 4'd4;
            default: q <= mem[a];
        endcase
        (* unused *) mem[a] <= y;
    end
endmodule

(* blackbox_not *)
module attributes_inner(input [3:0] a, output [3:0] y);
    assign y = ~ (* src = "attributes.v:25" *) (a[0] ? (* first *) a : {3'd0, ! (* src = "zero" *) | (* any *) a});
endmodule
