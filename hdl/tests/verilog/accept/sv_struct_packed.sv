// top: sv_struct_packed
// clock: clk
// reset: rst
// Packed structs, nested, as ports, registers, in concatenations, with members on both sides.
typedef struct packed {
    logic       valid;
    logic [2:0] kind;
    logic [7:0] data;
} sv_flit_t;

module sv_struct_packed(input logic clk, rst, input sv_flit_t in, input logic [3:0] tag, output sv_flit_t out, output logic [15:0] packet, output logic [7:0] sum);
    typedef struct packed {
        logic [3:0] tag;
        sv_flit_t   flit;
    } packet_t;
    packet_t p, q;
    sv_flit_t r;
    always_comb begin
        p.tag = tag;
        p.flit = in;
        p.flit.kind[0] = ^in.data;
        q = p;
        q.flit.data[7:4] = ~p.flit.data[3:0];
    end
    always_ff @(posedge clk)
        if (rst) r <= '0;
        else begin
            r <= q.flit;
            r.valid <= in.valid & ~tag[0];
        end
    assign out = r;
    assign packet = p ^ q;
    assign sum = in.data + r.data + {5'd0, in.kind};
endmodule
