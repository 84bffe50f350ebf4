// top: sv_interface_structs
// clock: clk
// reset: rst
// Structures, enumerations and arrays in an interface; members of members, selects, and bits that different modules drive.
package sv_interface_structs_pkg;
    typedef enum logic [1:0] {NONE, LOAD, STORE, SWAP} kind_e;
    typedef struct packed {
        kind_e      kind;
        logic [3:0] id;
        logic [7:0] payload;
    } request_t;
endpackage

interface sv_interface_structs_if;
    import sv_interface_structs_pkg::*;
    request_t   request;
    struct packed {logic ok; logic [7:0] value;} reply;
    logic [7:0] lanes [4];
    logic [3:0] flags;
    modport client (output request, input reply, lanes, inout flags);
    modport server (input request, output reply, lanes, inout flags);
endinterface

module sv_interface_structs_client
    import sv_interface_structs_pkg::*;
    (input logic clk, rst, input logic [7:0] x, sv_interface_structs_if.client link, output logic [7:0] y);
    always_ff @(posedge clk)
        if (rst) link.request <= '{kind: NONE, id: '0, payload: '0};
        else begin
            link.request.kind <= kind_e'(x[1:0]);
            link.request.id[1:0] <= x[3:2];
            link.request.id[3:2] <= link.request.id[1:0];
            if (link.reply.ok) link.request.payload <= x ^ link.reply.value;
        end
    assign link.flags[0] = x[7];
    assign link.flags[2] = link.request.kind == SWAP;
    assign y = link.lanes[x[1:0]] + {6'b0, link.flags[3], link.flags[1]};
endmodule

module sv_interface_structs_server
    import sv_interface_structs_pkg::*;
    (input logic clk, rst, sv_interface_structs_if.server link);
    always_ff @(posedge clk)
        if (rst) link.lanes <= '{default: 8'd9};
        else if (link.request.kind == STORE) link.lanes[link.request.id[1:0]] <= link.request.payload;
    assign link.reply = '{ok: link.request.kind != NONE, value: link.lanes[link.request.id[3:2]]};
    assign {link.flags[3], link.flags[1]} = {^link.request, link.flags[0] & ~link.flags[2]};
endmodule

module sv_interface_structs (input logic clk, rst, input logic [7:0] x, output logic [7:0] y, output logic [13:0] seen, output logic [3:0] flags);
    sv_interface_structs_if link ();
    sv_interface_structs_client client (.link(link), .*);
    sv_interface_structs_server server (.*);
    assign seen = link.request;
    assign flags = link.flags;
endmodule
