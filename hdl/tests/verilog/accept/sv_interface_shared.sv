// top: sv_interface_shared
// clock: clk
// reset: rst
// One vector and one array of an interface, each part driven by another module, which reads the parts of the others.
interface sv_interface_shared_if #(parameter int NODES = 3) (input logic clk, rst);
    logic [NODES-1:0] want, have;
    logic [7:0]       words [NODES];
    logic [11:0]      packet;
    modport node (input clk, rst, inout want, have, words, packet);
endinterface

module sv_interface_shared_node #(parameter int ID = 0) (sv_interface_shared_if.node bus, input logic [7:0] x, output logic [7:0] y);
    localparam int NEXT = (ID + 1) % bus.NODES;
    assign bus.want[ID] = x[ID] | bus.have[NEXT];
    always_ff @(posedge bus.clk) begin
        bus.have[ID] <= bus.want[ID] && !bus.have[NEXT] && !bus.rst;
        bus.words[ID] <= bus.words[NEXT] + x;
        bus.packet[4 * ID +: 4] <= {^bus.packet[4 * NEXT +: 3], bus.packet[4 * NEXT +: 3] ^ x[2:0]};
        y <= bus.words[0] ^ bus.words[NEXT];
    end
endmodule

module sv_interface_shared (
    input logic clk, rst, input logic [7:0] x, output logic [7:0] a, b, c, output logic [2:0] want, have, output logic [11:0] packet
);
    sv_interface_shared_if bus (clk, rst);
    sv_interface_shared_node #(.ID(0)) node0 (.bus(bus), .x(x), .y(a));
    sv_interface_shared_node #(.ID(1)) node1 (.bus(bus), .x(~x), .y(b));
    sv_interface_shared_node #(.ID(2)) node2 (.bus(bus), .x({x[3:0], x[7:4]}), .y(c));
    assign {want, have, packet} = {bus.want, bus.have, bus.packet};
endmodule
