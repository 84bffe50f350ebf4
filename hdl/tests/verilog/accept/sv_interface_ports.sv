// top: sv_interface_ports
// clock: clk
// reset: rst
// Ports of interfaces: expressions and parts of vectors connected to them, initial values, and interfaces in generate blocks.
interface sv_interface_ports_if #(parameter int DEPTH = 4) (
    input  logic       clk,
    input  logic [3:0] level,
    output logic       full,
    output logic [3:0] room
);
    logic [7:0] count = 8'd5;
    logic [3:0] ticks = 4'd9;
    assign full = level >= DEPTH;
    assign room = full ? 4'd0 : 4'(DEPTH) - level;
    always_ff @(posedge clk) if (!full) ticks <= ticks + 4'd3;
endinterface

module sv_interface_ports_counter (sv_interface_ports_if bus, input logic rst, up);
    always_ff @(posedge bus.clk)
        if (rst && bus.ticks[0]) bus.count <= 8'd1;
        else if (up && !bus.full) bus.count <= bus.count + 8'(bus.room);
endmodule

module sv_interface_ports (
    input  logic       clk, rst, up, other,
    input  logic [3:0] level,
    output logic [2:0] full,
    output logic [3:0] room, total,
    output logic [7:0] a, b, c
);
    logic [3:0] left;
    sv_interface_ports_if first (.clk, .level(level + 4'd1), .full(full[0]), .room(room));
    sv_interface_ports_counter u (first, rst, up);
    assign a = first.count;
    for (genvar i = 0; i < 2; i++) begin : gen_bus
        logic [3:0] mine;
        sv_interface_ports_if #(.DEPTH(5 + 3 * i)) bus (.clk(clk), .level(other ? level : ~level), .full(full[i + 1]), .room(mine));
        sv_interface_ports_counter counter (.bus(bus), .rst(rst), .up(up ^ other));
    end
    sv_interface_ports_counter again (.bus(gen_open.bus), .*);
    if (1) begin : gen_open
        sv_interface_ports_if bus (clk, {2'b0, level[1:0]}, , left);
    end
    assign total = left + gen_bus[0].mine + gen_bus[1].mine + gen_bus[1].bus.ticks;
    assign b = gen_bus[0].bus.count ^ {8{gen_open.bus.full}};
    assign c = gen_bus[1].bus.count + gen_open.bus.count;
endmodule
