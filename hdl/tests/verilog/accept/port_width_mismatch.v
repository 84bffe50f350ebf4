// top: port_width_mismatch
// Connections narrower and wider than the port: padded or cut, signed ones extended.
module port_width_mismatch(input [3:0] u, input signed [3:0] s, input [11:0] w, output [15:0] yu, ys, yw, output [3:0] narrow, output [11:0] wide);
    port_width_inner a (.d(u), .q(yu[7:0]));
    assign yu[15:8] = 8'd0;
    wire [7:0] t;
    port_width_inner b (.d(s), .q(t));
    assign ys = {8'h55, t};
    port_width_inner c (.d(w), .q(yw[7:0]));
    assign yw[15:8] = 8'hFF;
    wire [3:0] cut;
    port_width_inner d (.d(w[7:0]), .q(cut));
    assign narrow = cut;
    wire [11:0] long;
    port_width_inner e (.d(w[11:4]), .q(long[7:0]));
    assign long[11:8] = 4'd0;
    assign wide = long;
endmodule

module port_width_inner(input [7:0] d, output [7:0] q);
    assign q = d ^ 8'h0F;
endmodule
