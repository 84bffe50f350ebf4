// top: uart_rx
// clock: clk
// reset: rst_n low
// A serial receiver with oversampling and a majority vote.
module uart_rx #(parameter OVERSAMPLE = 8) (
    input  wire       clk,
    input  wire       rst_n,
    input  wire       rx,
    output reg  [7:0] data,
    output reg        valid,
    output reg        frame_error
);
    localparam HALF = OVERSAMPLE / 2 - 1;
    localparam [2:0] S_IDLE = 3'b001, S_RECV = 3'b010, S_STOP = 3'b100;

    reg [2:0] sync;
    reg [2:0] state;
    reg [$clog2(OVERSAMPLE)-1:0] phase;
    reg [3:0] bits;
    wire vote = (sync[0] & sync[1]) | (sync[0] & sync[2]) | (sync[1] & sync[2]);

    always @(posedge clk or negedge rst_n) begin
        if (~rst_n)
            sync <= 3'b111;
        else
            sync <= {sync[1:0], rx};
    end

    always @(posedge clk or negedge rst_n) begin
        if (~rst_n) begin
            state <= S_IDLE;
            phase <= 0;
            bits <= 0;
            data <= 8'h00;
            valid <= 1'b0;
            frame_error <= 1'b0;
        end else begin
            valid <= 1'b0;
            phase <= phase + 1;
            case (1'b1)
                state[0]: if (!vote) begin
                    state <= S_RECV;
                    phase <= 0;
                    bits <= 0;
                end
                state[1]: if (phase == OVERSAMPLE - 1) begin
                    data <= {vote, data[7:1]};
                    bits <= bits + 1;
                    if (bits == 4'd7) state <= S_STOP;
                end
                state[2]: if (phase == HALF) begin
                    valid <= vote;
                    frame_error <= ~vote;
                    state <= S_IDLE;
                end
            endcase
        end
    end
endmodule
