// top: sv_rr_arbiter_tree
// clock: clk
// reset: rst_n low
// A tree of two-way nodes built by recursion of the module itself, parameters halved at each level.
module sv_rr_arbiter_tree #(parameter int N = 6) (input logic clk, rst_n, input logic [N-1:0] req, input logic [N-1:0][3:0] data, output logic [3:0] out, output logic valid);
    logic [3:0] picked;
    logic any;
    sv_tree_max #(.N(N)) u_tree (.req, .data, .out(picked), .valid(any));
    always_ff @(posedge clk or negedge rst_n)
        if (!rst_n) {out, valid} <= '0;
        else {out, valid} <= {picked, any};
endmodule

module sv_tree_max #(parameter int N = 2) (input logic [N-1:0] req, input logic [N-1:0][3:0] data, output logic [3:0] out, output logic valid);
    generate
        if (N == 1) begin : g_leaf
            assign out = data[0];
            assign valid = req[0];
        end else begin : g_node
            localparam int L = N / 2;
            logic [3:0] lo, hi;
            logic vlo, vhi;
            sv_tree_max #(.N(L)) u_lo (.req(req[L-1:0]), .data(data[L-1:0]), .out(lo), .valid(vlo));
            sv_tree_max #(.N(N - L)) u_hi (.req(req[N-1:L]), .data(data[N-1:L]), .out(hi), .valid(vhi));
            assign valid = vlo | vhi;
            assign out = !vhi || (vlo && lo >= hi) ? lo : hi;
        end
    endgenerate
endmodule
