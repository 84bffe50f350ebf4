// top: uart_tx
// clock: clk
// reset: rst
// A serial transmitter: baud counter and a state machine with parameters as states.
module uart_tx #(
    parameter CLOCK_HZ = 1_000_000,
    parameter BAUD = 115_200
) (
    input            clk,
    input            rst,
    input            start,
    input      [7:0] data,
    output reg       tx,
    output           busy
);
    localparam DIV = CLOCK_HZ / BAUD;
    localparam IDLE = 2'd0, START = 2'd1, DATA = 2'd2, STOP = 2'd3;

    reg [1:0] state;
    reg [15:0] baud;
    reg [2:0] index;
    reg [7:0] shift;
    wire tick = baud == DIV - 1;

    assign busy = state != IDLE;

    always @(posedge clk)
        if (rst) begin
            state <= IDLE;
            baud <= 16'd0;
            index <= 3'd0;
            shift <= 8'd0;
            tx <= 1'b1;
        end else begin
            baud <= (state == IDLE || tick) ? 16'd0 : baud + 16'd1;
            case (state)
                IDLE: begin
                    tx <= 1'b1;
                    if (start) begin
                        shift <= data;
                        state <= START;
                    end
                end
                START: begin
                    tx <= 1'b0;
                    if (tick) state <= DATA;
                end
                DATA: begin
                    tx <= shift[0];
                    if (tick) begin
                        shift <= {1'b0, shift[7:1]};
                        index <= index + 3'd1;
                        if (index == 3'd7) state <= STOP;
                    end
                end
                STOP: begin
                    tx <= 1'b1;
                    if (tick) state <= IDLE;
                end
            endcase
        end
endmodule
