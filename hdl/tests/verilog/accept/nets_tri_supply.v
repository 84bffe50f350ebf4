// top: nets_tri_supply
// Nets by other names: tri, supply0 and supply1, wires with a declared value, vectors of them.
module nets_tri_supply(input [3:0] a, input en, output [3:0] y, output [3:0] z);
    supply0 gnd;
    supply1 vdd;
    tri [3:0] bus;
    assign bus = en ? a : 4'b0;
    wire signed [3:0] t = a, u = -t;
    assign y = {bus[3:2], gnd, vdd};
    assign z = u ^ bus;
endmodule
