// top: i2c_master
// clock: clk
// reset: rst
// An I2C write of one byte: three-process state machine, open-drain outputs as enables.
module i2c_master (
    input  wire       clk, rst, start,
    input  wire [6:0] address,
    input  wire [7:0] data,
    input  wire       sda_in,
    output reg        scl,
    output reg        sda_low,
    output wire       ready,
    output reg        nack
);
    localparam [3:0]
        IDLE  = 4'h0,
        BEGIN = 4'h1,
        ADDR  = 4'h2,
        ACK1  = 4'h3,
        BYTE  = 4'h4,
        ACK2  = 4'h5,
        END   = 4'h6;

    reg [3:0] state, next;
    reg [2:0] count;
    reg [1:0] phase;
    reg [7:0] shift;
    wire step = &phase;

    // state register
    always @(posedge clk)
        if (rst) state <= IDLE;
        else if (step || state == IDLE) state <= next;

    // next state
    always @(*) begin
        next = state;
        case (state)
            IDLE:    if (start) next = BEGIN;
            BEGIN:   next = ADDR;
            ADDR:    if (count == 0) next = ACK1;
            ACK1:    next = nack ? END : BYTE;
            BYTE:    if (count == 0) next = ACK2;
            ACK2:    next = END;
            END:     next = IDLE;
            default: next = IDLE;
        endcase
    end

    // data path
    always @(posedge clk) begin
        if (rst) begin
            phase <= 0;
            count <= 7;
            shift <= 0;
            nack  <= 0;
        end else begin
            phase <= state == IDLE ? 2'd0 : phase + 2'd1;
            if (state == IDLE && start) begin
                shift <= {address, 1'b0};
                count <= 3'd7;
                nack  <= 1'b0;
            end else if (step)
                case (state)
                    ADDR, BYTE: begin shift <= shift << 1; count <= count - 1'b1; end
                    ACK1: begin shift <= data; count <= 3'd7; end
                endcase
            if ((state == ACK1 || state == ACK2) && phase == 2'd2)
                nack <= sda_in;
        end
    end

    // outputs
    always @* begin
        scl = 1'b1;
        sda_low = 1'b0;
        case (state)
            BEGIN: sda_low = phase[1];
            ADDR, BYTE: begin scl = phase[1] ^ phase[0]; sda_low = ~shift[7]; end
            ACK1, ACK2: scl = phase[1] ^ phase[0];
            END: sda_low = ~phase[1];
        endcase
    end

    assign ready = state == IDLE;
endmodule
