// top: sv_enum_unknown
// clock: clk
// reset: rst_n low
// A name of an enumeration for the unknown value, which is told from all others: the default of a next state.
module sv_enum_unknown(input logic clk, rst_n, go, stop, output logic busy, output logic [1:0] code);
    typedef enum logic [1:0] {IDLE = 2'b00, READ = 2'b01, WAIT = 2'b10, XXX = 'x} state_e;
    enum logic [2:0] {A = 3'b000, B = 3'b001, C = 3'bxxx} other;
    state_e state, next;
    always_ff @(posedge clk, negedge rst_n)
        if (!rst_n) state <= IDLE;
        else state <= next;
    always_comb begin
        next = XXX;
        case (state)
            IDLE: next = go ? READ : IDLE;
            READ: next = WAIT;
            WAIT: next = stop ? IDLE : go ? READ : WAIT;
            default: next = XXX;
        endcase
    end
    always_comb other = go ? A : B;
    assign busy = state != IDLE || other == B;
    assign code = state;
endmodule
