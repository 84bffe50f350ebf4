// top: tristate_bus
// Several drivers with z on one internal bus, of which one is enabled at most; an output that may float.
module tristate_bus(input [1:0] sel, input en, input [7:0] a, b, c, output [7:0] y, output [7:0] z);
    wire [7:0] bus;
    assign bus = (en && sel == 2'd0) ? a : 8'hzz;
    assign bus = (en && sel == 2'd1) ? b : 8'bz;
    assign bus = (en && sel == 2'd2) ? c : {8{1'bz}};
    assign y = en && sel != 2'd3 ? bus : 8'h00;
    assign z = en ? a : 8'bz;
endmodule
