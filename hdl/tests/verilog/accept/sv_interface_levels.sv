// top: sv_interface_levels
// clock: clk
// reset: rst_n low
// Modports of master and slave handed down two levels; the crossbar in between has both of them.
interface sv_interface_levels_if #(parameter int AW = 4, DW = 8) (input logic clk, rst_n);
    logic          req, gnt, we;
    logic [AW-1:0] addr;
    logic [DW-1:0] wdata, rdata;
    modport master (input clk, rst_n, gnt, rdata, output req, we, addr, wdata);
    modport slave (input clk, rst_n, req, we, addr, wdata, output gnt, rdata);
    modport monitor (input req, gnt, addr);
endinterface

module sv_interface_levels_memory (sv_interface_levels_if.slave port);
    logic [port.DW-1:0] cells [2**port.AW];
    always_ff @(posedge port.clk)
        if (port.req && port.gnt) begin
            if (port.we) cells[port.addr] <= port.wdata;
            port.rdata <= cells[port.addr];
        end
    always_comb port.gnt = port.req && !(port.addr[0] && port.we && port.wdata[0]);
endmodule

module sv_interface_levels_slave (sv_interface_levels_if.slave bus);
    sv_interface_levels_memory memory (.port(bus));
endmodule

module sv_interface_levels_core (sv_interface_levels_if.master m, input logic go, input logic [7:0] x, output logic [7:0] y);
    always_ff @(posedge m.clk or negedge m.rst_n)
        if (!m.rst_n) begin
            m.req <= 1'b0;
            m.addr <= '0;
            y <= '0;
        end else begin
            m.req <= go;
            if (m.req && m.gnt) begin
                m.addr <= m.addr + 1'b1;
                y <= m.rdata;
            end
        end
    assign m.we = ^x;
    assign m.wdata = x + {4'b0, m.addr};
endmodule

module sv_interface_levels_master (sv_interface_levels_if.master bus, input logic go, input logic [7:0] x, output logic [7:0] y);
    sv_interface_levels_core core (.m(bus), .go(go), .x(x), .y(y));
endmodule

module sv_interface_levels_monitor (sv_interface_levels_if.monitor bus, input logic clk, output logic [7:0] count);
    logic [7:0] n = 8'd0;
    always_ff @(posedge clk) if (bus.req && bus.gnt && bus.addr[1]) n <= n + 1'b1;
    assign count = n;
endmodule

module sv_interface_levels (
    input logic clk, rst_n, go, input logic [7:0] x, output logic [7:0] y, count, output logic [3:0] addr
);
    sv_interface_levels_if bus (.clk(clk), .rst_n(rst_n));
    sv_interface_levels_master master (.bus(bus.master), .go(go), .x(x), .y(y));
    sv_interface_levels_slave slave (.bus(bus));
    sv_interface_levels_monitor monitor (.bus(bus), .clk(clk), .count(count));
    assign addr = bus.addr;
endmodule
