// top: fifo_sync
// clock: clk
// reset: rst
// A synchronous FIFO with wrap bits in the pointers, a memory, and depth by $clog2.
`timescale 1ns / 1ps

module fifo_sync #(
    parameter WIDTH = 8,
    parameter DEPTH = 16
) (
    input                  clk,
    input                  rst,
    input                  wr_en,
    input                  rd_en,
    input  [WIDTH-1:0]     din,
    output [WIDTH-1:0]     dout,
    output                 full,
    output                 empty,
    output [$clog2(DEPTH):0] count
);
    localparam AW = $clog2(DEPTH);

    reg [WIDTH-1:0] mem [0:DEPTH-1];
    reg [AW:0] wptr, rptr;

    assign empty = wptr == rptr;
    assign full  = (wptr[AW] != rptr[AW]) && (wptr[AW-1:0] == rptr[AW-1:0]);
    assign count = wptr - rptr;
    assign dout  = mem[rptr[AW-1:0]];

    always @(posedge clk) begin
        if (rst) begin
            wptr <= 0;
            rptr <= 0;
        end else begin
            if (wr_en && !full) begin
                mem[wptr[AW-1:0]] <= din;
                wptr <= wptr + 1;
            end
            if (rd_en && !empty)
                rptr <= rptr + 1'b1;
        end
    end
endmodule
