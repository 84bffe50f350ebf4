// top: sv_interface_functions
// clock: clk
// reset: rst
// Functions and tasks of an interface, called through ports and inside; a process and a register in the interface.
interface sv_interface_functions_if #(parameter int N = 4) (input logic clk, input logic rst);
    localparam int LAST = N - 1;
    logic [7:0] value;
    logic [LAST:0] hot;
    logic [7:0] history;

    function automatic logic [7:0] rotated(input logic [7:0] x, input logic [2:0] by);
        return (x << by) | (x >> (4'd8 - by));
    endfunction

    function automatic logic parity();
        return ^value;
    endfunction

    task automatic set(input logic [7:0] x);
        value = x;
        hot = '0;
        hot[x[1:0]] = 1'b1;
    endtask

    always_ff @(posedge clk)
        if (rst) history <= '0;
        else history <= {history[6:0], parity()};

    modport driver (import set, import rotated, output value, hot);
    modport reader (import parity, rotated, input value, hot, history);
endinterface

module sv_interface_functions_driver (sv_interface_functions_if.driver bus, input logic [7:0] x);
    always_comb bus.set(bus.rotated(x, x[2:0]));
endmodule

module sv_interface_functions_reader (sv_interface_functions_if.reader bus, output logic [7:0] y, output logic p);
    assign y = bus.rotated(bus.history, {1'b0, bus.hot[1:0]});
    assign p = bus.parity();
endmodule

module sv_interface_functions (input logic clk, rst, input logic [7:0] x, output logic [7:0] y, output logic p, q, output logic [3:0] hot);
    sv_interface_functions_if #(.N(4)) bus (clk, rst);
    sv_interface_functions_driver driver (.bus(bus), .x(x));
    sv_interface_functions_reader reader (.bus(bus), .y(y), .p(p));
    assign q = bus.parity();
    assign hot = bus.hot;
endmodule
