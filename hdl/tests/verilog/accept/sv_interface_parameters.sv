// top: sv_interface_parameters
// clock: clk
// reset: rst
// Interfaces with parameters, typedefs and localparams that users read through the port; two widths of one module.
package sv_interface_parameters_pkg;
    typedef enum logic [1:0] {IDLE, READ, WRITE} op_e;
endpackage

interface sv_interface_parameters_if #(
    parameter int WIDTH = 8,
    parameter type TAG = logic [1:0]
);
    import sv_interface_parameters_pkg::*;
    localparam int HALF = WIDTH / 2;
    typedef logic [WIDTH-1:0] word_t;
    word_t wdata, rdata;
    TAG    tag;
    op_e   op;
    modport user (output wdata, op, tag, input rdata);
    modport target (input wdata, op, tag, output rdata);
endinterface

module sv_interface_parameters_target (input logic clk, rst, sv_interface_parameters_if.target p);
    import sv_interface_parameters_pkg::*;
    localparam int WIDTH = p.WIDTH;
    logic [WIDTH-1:0] state;
    always_ff @(posedge clk)
        if (rst) state <= '0;
        else
            case (p.op)
                WRITE: state <= p.wdata;
                READ: state <= {state[p.HALF-1:0], state[WIDTH-1:p.HALF]};
                default: state <= state + WIDTH'(p.tag);
            endcase
    assign p.rdata = p.op == READ ? state : ~state;
endmodule

module sv_interface_parameters (
    input  logic        clk, rst,
    input  logic [1:0]  op,
    input  logic [15:0] d,
    output logic [7:0]  a,
    output logic [15:0] b
);
    import sv_interface_parameters_pkg::*;
    sv_interface_parameters_if narrow ();
    sv_interface_parameters_if #(.WIDTH(16), .TAG(logic [3:0])) wide ();
    assign narrow.wdata = d[narrow.WIDTH-1:0];
    assign narrow.tag = d[9:8];
    assign narrow.op = op_e'(op == 2'd3 ? 2'd0 : op);
    always_comb begin
        wide.op = IDLE;
        if (op == 2'd1) wide.op = READ;
        else if (op == 2'd2) wide.op = WRITE;
    end
    assign {wide.tag, wide.wdata} = {d[3:0], d};
    sv_interface_parameters_target u0 (.clk(clk), .rst(rst), .p(narrow.target));
    sv_interface_parameters_target u1 (clk, rst, wide);
    assign a = narrow.rdata;
    assign b = wide.rdata;
endmodule
