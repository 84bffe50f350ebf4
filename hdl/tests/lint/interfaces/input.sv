// Ports that are interfaces and names behind them: nothing is said of what users of an interface read and drive.
interface link_if #(parameter int WIDTH = 8) (input logic clk, rst_n);
    typedef enum logic [1:0] {IDLE, BUSY, DONE} state_e;
    logic [WIDTH-1:0] data;
    logic             valid, ready;
    state_e           state;
    modport source (input clk, rst_n, ready, output data, valid, state);
    modport sink (input clk, rst_n, data, valid, state, output ready);
endinterface

module producer (input logic [7:0] x, link_if.source link);
    always_ff @(posedge link.clk or negedge link.rst_n)
        if (!link.rst_n) begin
            link.data <= '0;
            link.valid <= 1'b0;
        end else if (link.ready) begin
            link.data <= x;
            link.valid <= ^x;
        end
    always_comb begin
        link.state = link.IDLE;
        if (link.valid) link.state = link.ready ? link.DONE : link.BUSY;
    end
endmodule

module relay (link_if.sink i, link_if o);
    always_comb begin
        o.data = i.data;
        o.valid = i.valid;
        o.state = i.state;
        i.ready = o.ready;
    end
endmodule

module consumer (link_if.sink link, input logic stall, output logic [7:0] y);
    assign link.ready = !stall;
    always_ff @(posedge link.clk)
        if (link.valid && link.state == link.DONE) y <= link.data[7:0];
endmodule

module lint_interfaces (input logic clk, rst_n, stall, input logic [7:0] x, output logic [7:0] y, output logic seen);
    link_if first (.clk(clk), .rst_n(rst_n));
    link_if #(.WIDTH(8)) second (.*);
    producer p (.x(x), .link(first.source));
    relay r (.i(first), .o(second));
    consumer c (.link(second), .*);
    assign seen = second.valid;
endmodule
