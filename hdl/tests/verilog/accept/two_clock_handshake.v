// top: two_clock_handshake
// clock: clk_a
// clock: clk_b
// reset: arst
// reset: brst
// A toggle handshake that carries a word from one clock to another and an acknowledgement back.
module two_clock_handshake(
    input clk_a, arst, send, input [7:0] data_a, output ready_a,
    input clk_b, brst, output reg [7:0] data_b, output reg valid_b
);
    reg req, ack;
    reg [1:0] ack_sync, req_sync;
    reg [7:0] hold;
    assign ready_a = req == ack_sync[1];
    always @(posedge clk_a)
        if (arst) begin req <= 0; ack_sync <= 0; hold <= 0; end
        else begin
            ack_sync <= {ack_sync[0], ack};
            if (send && ready_a) begin
                req <= ~req;
                hold <= data_a;
            end
        end
    always @(posedge clk_b)
        if (brst) begin ack <= 0; req_sync <= 0; data_b <= 0; valid_b <= 0; end
        else begin
            req_sync <= {req_sync[0], req};
            valid_b <= req_sync[1] != ack;
            if (req_sync[1] != ack) begin
                data_b <= hold;
                ack <= req_sync[1];
            end
        end
endmodule
