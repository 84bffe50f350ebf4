// top: fifo_count
// clock: clk
// reset: rst_n low
// A FIFO with an occupancy counter, asynchronous reset, and a case on a concatenation.
module fifo_count (clk, rst_n, push, pop, din, dout, full, empty, almost_full);
    parameter W = 12;
    parameter LOG = 3;
    input clk, rst_n, push, pop;
    input [W-1:0] din;
    output reg [W-1:0] dout;
    output full, empty;
    output almost_full;

    reg [W-1:0] store [(1<<LOG)-1:0];
    reg [LOG-1:0] head, tail;
    reg [LOG:0] used;

    wire do_push = push & ~full;
    wire do_pop = pop & ~empty;

    assign full = used == (1 << LOG);
    assign empty = ~|used;
    assign almost_full = used >= (1 << LOG) - 2;

    always @(posedge clk or negedge rst_n)
        if (!rst_n) begin
            head <= {LOG{1'b0}};
            tail <= {LOG{1'b0}};
            used <= 0;
            dout <= 0;
        end
        else begin
            case ({do_push, do_pop})
                2'b10: used <= used + 1;
                2'b01: used <= used - 1;
                default: used <= used;
            endcase
            if (do_push) begin store[tail] <= din; tail <= tail + 1; end
            if (do_pop) begin dout <= store[head]; head <= head + 1; end
        end
endmodule
