// top: sv_fifo
// clock: clk_i
// reset: rst_ni low
// A generic FIFO in the style of a RISC-V library: parameter type, fall-through, combinational next state of an array.
module sv_fifo_v3 #(
    parameter bit          FALL_THROUGH = 1'b0,
    parameter int unsigned DEPTH        = 8,
    parameter type         dtype        = logic [7:0],
    localparam int unsigned ADDR_DEPTH  = (DEPTH > 1) ? $clog2(DEPTH) : 1
) (
    input  logic  clk_i,
    input  logic  rst_ni,
    input  logic  flush_i,
    output logic  full_o,
    output logic  empty_o,
    output logic  [ADDR_DEPTH-1:0] usage_o,
    input  dtype  data_i,
    input  logic  push_i,
    output dtype  data_o,
    input  logic  pop_i
);
    logic [ADDR_DEPTH - 1:0] read_pointer_n, read_pointer_q, write_pointer_n, write_pointer_q;
    logic [ADDR_DEPTH:0] status_cnt_n, status_cnt_q;
    dtype [DEPTH - 1:0] mem_n, mem_q;

    assign usage_o = status_cnt_q[ADDR_DEPTH-1:0];
    assign full_o  = (status_cnt_q == DEPTH[ADDR_DEPTH:0]);
    assign empty_o = (status_cnt_q == 0) & ~(FALL_THROUGH & push_i);

    always_comb begin : read_write_comb
        read_pointer_n  = read_pointer_q;
        write_pointer_n = write_pointer_q;
        status_cnt_n    = status_cnt_q;
        data_o          = (DEPTH == 0) ? data_i : mem_q[read_pointer_q];
        mem_n           = mem_q;

        if (push_i && ~full_o) begin
            mem_n[write_pointer_q] = data_i;
            if (write_pointer_q == DEPTH[ADDR_DEPTH-1:0] - 1)
                write_pointer_n = '0;
            else
                write_pointer_n = write_pointer_q + 1;
            status_cnt_n = status_cnt_q + 1;
        end
        if (pop_i && ~empty_o) begin
            if (read_pointer_n == DEPTH[ADDR_DEPTH-1:0] - 1)
                read_pointer_n = '0;
            else
                read_pointer_n = read_pointer_q + 1;
            status_cnt_n = status_cnt_q - 1;
        end
        if (push_i && pop_i && ~full_o && ~empty_o)
            status_cnt_n = status_cnt_q;
        if (FALL_THROUGH && (status_cnt_q == 0) && push_i) begin
            data_o = data_i;
            if (pop_i) begin
                status_cnt_n    = status_cnt_q;
                read_pointer_n  = read_pointer_q;
                write_pointer_n = write_pointer_q;
            end
        end
    end

    always_ff @(posedge clk_i or negedge rst_ni) begin
        if (~rst_ni) begin
            read_pointer_q  <= '0;
            write_pointer_q <= '0;
            status_cnt_q    <= '0;
            mem_q           <= '0;
        end else if (flush_i) begin
            read_pointer_q  <= '0;
            write_pointer_q <= '0;
            status_cnt_q    <= '0;
        end else begin
            read_pointer_q  <= read_pointer_n;
            write_pointer_q <= write_pointer_n;
            status_cnt_q    <= status_cnt_n;
            mem_q           <= mem_n;
        end
    end
endmodule

module sv_fifo (
    input logic clk_i, rst_ni, flush_i, push_i, pop_i,
    input logic [11:0] data_i,
    output logic [1:0] full, empty,
    output logic [11:0] a, b
);
    typedef struct packed {logic [3:0] id; logic [7:0] data;} beat_t;
    beat_t out;
    sv_fifo_v3 #(.DEPTH(5), .dtype(beat_t)) i_plain (
        .clk_i, .rst_ni, .flush_i, .full_o(full[0]), .empty_o(empty[0]), .usage_o(), .data_i(beat_t'(data_i)), .push_i, .data_o(out), .pop_i);
    sv_fifo_v3 #(.DEPTH(4), .FALL_THROUGH(1'b1), .dtype(logic [11:0])) i_through (
        .clk_i, .rst_ni, .flush_i, .full_o(full[1]), .empty_o(empty[1]), .usage_o(), .data_i, .push_i, .data_o(b), .pop_i);
    assign a = {out.data, out.id};
endmodule
