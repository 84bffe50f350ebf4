// top: fifo_async
// clock: wclk
// clock: rclk
// reset: wrst_n low
// reset: rrst_n low
// A FIFO between two clocks: gray pointers and two-stage synchronisers.
module fifo_async #(parameter DSIZE = 8, parameter ASIZE = 4) (
    input wire wclk, wrst_n, winc,
    input wire [DSIZE-1:0] wdata,
    output wire wfull,
    input wire rclk, rrst_n, rinc,
    output wire [DSIZE-1:0] rdata,
    output wire rempty
);
    wire [ASIZE-1:0] waddr, raddr;
    wire [ASIZE:0] wptr, rptr, wq2_rptr, rq2_wptr;

    fifo_async_sync #(ASIZE) sync_r2w (wclk, wrst_n, rptr, wq2_rptr);
    fifo_async_sync #(ASIZE) sync_w2r (rclk, rrst_n, wptr, rq2_wptr);
    fifo_async_mem #(DSIZE, ASIZE) mem (.wclk(wclk), .wen(winc & ~wfull), .waddr(waddr), .raddr(raddr), .wdata(wdata), .rdata(rdata));
    fifo_async_wptr #(ASIZE) w (.wclk(wclk), .wrst_n(wrst_n), .winc(winc), .wq2_rptr(wq2_rptr), .wfull(wfull), .waddr(waddr), .wptr(wptr));
    fifo_async_rptr #(ASIZE) r (.rclk(rclk), .rrst_n(rrst_n), .rinc(rinc), .rq2_wptr(rq2_wptr), .rempty(rempty), .raddr(raddr), .rptr(rptr));
endmodule

module fifo_async_sync #(parameter ASIZE = 4) (input clk, input rst_n, input [ASIZE:0] d, output reg [ASIZE:0] q);
    reg [ASIZE:0] q1;
    always @(posedge clk or negedge rst_n)
        if (!rst_n) {q, q1} <= 0;
        else {q, q1} <= {q1, d};
endmodule

module fifo_async_mem #(parameter DSIZE = 8, parameter ASIZE = 4) (
    input wclk, wen,
    input [ASIZE-1:0] waddr, raddr,
    input [DSIZE-1:0] wdata,
    output [DSIZE-1:0] rdata
);
    localparam DEPTH = 1 << ASIZE;
    reg [DSIZE-1:0] mem [0:DEPTH-1];
    assign rdata = mem[raddr];
    always @(posedge wclk) if (wen) mem[waddr] <= wdata;
endmodule

module fifo_async_wptr #(parameter ASIZE = 4) (
    input wclk, wrst_n, winc,
    input [ASIZE:0] wq2_rptr,
    output reg wfull,
    output [ASIZE-1:0] waddr,
    output reg [ASIZE:0] wptr
);
    reg [ASIZE:0] bin;
    wire [ASIZE:0] bin_next = bin + (winc & ~wfull);
    wire [ASIZE:0] gray_next = (bin_next >> 1) ^ bin_next;
    assign waddr = bin[ASIZE-1:0];
    always @(posedge wclk or negedge wrst_n)
        if (!wrst_n) {bin, wptr} <= 0;
        else {bin, wptr} <= {bin_next, gray_next};
    always @(posedge wclk or negedge wrst_n)
        if (!wrst_n) wfull <= 1'b0;
        else wfull <= gray_next == {~wq2_rptr[ASIZE:ASIZE-1], wq2_rptr[ASIZE-2:0]};
endmodule

module fifo_async_rptr #(parameter ASIZE = 4) (
    input rclk, rrst_n, rinc,
    input [ASIZE:0] rq2_wptr,
    output reg rempty,
    output [ASIZE-1:0] raddr,
    output reg [ASIZE:0] rptr
);
    reg [ASIZE:0] bin;
    wire [ASIZE:0] bin_next = bin + (rinc & ~rempty);
    wire [ASIZE:0] gray_next = (bin_next >> 1) ^ bin_next;
    assign raddr = bin[ASIZE-1:0];
    always @(posedge rclk or negedge rrst_n)
        if (!rrst_n) {bin, rptr} <= 0;
        else {bin, rptr} <= {bin_next, gray_next};
    always @(posedge rclk or negedge rrst_n)
        if (!rrst_n) rempty <= 1'b1;
        else rempty <= gray_next == rq2_wptr;
endmodule
