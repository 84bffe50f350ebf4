// top: sv_interface_bus
// clock: clk
// reset: rst
// A bus with a clock of its own, seen from both sides without a modport; wires, an assignment inside, and .* and .name.
interface sv_interface_bus_if (input logic clk, input logic rst);
    logic [7:0] data;
    logic       valid;
    logic       ready;
    wire        fires;
    assign fires = valid && ready;
endinterface

module sv_interface_bus_source (sv_interface_bus_if bus, input logic [7:0] seed);
    always_ff @(posedge bus.clk)
        if (bus.rst) begin
            bus.data  <= seed;
            bus.valid <= 1'b0;
        end else begin
            bus.valid <= !bus.valid || !bus.ready || seed[0];
            if (bus.fires) bus.data <= {bus.data[6:0], bus.data[7] ^ bus.data[5]} + seed;
        end
endmodule

module sv_interface_bus_sink (sv_interface_bus_if bus, input logic stall, output logic [15:0] sum, output logic odd);
    assign bus.ready = !stall;
    always_ff @(posedge bus.clk)
        if (bus.rst) sum <= '0;
        else if (bus.fires) sum <= sum + 16'(bus.data);
    always @(bus.data or bus.valid)
        odd = bus.valid & ^bus.data[3:0];
endmodule

module sv_interface_bus (
    input  logic        clk, rst, stall,
    input  logic [7:0]  seed,
    output logic [15:0] sum,
    output logic        odd, fires,
    output logic [7:0]  seen
);
    sv_interface_bus_if bus (.*);
    sv_interface_bus_source source (.bus, .seed);
    sv_interface_bus_sink sink (.*);
    assign fires = bus.fires;
    assign seen = bus.valid ? bus.data : 8'h5a;
endmodule
