// top: sv_fsm_enum
// clock: clk
// reset: rst_n low
// Three-process state machine with an enum, unique case, and always_comb/always_ff.
module sv_fsm_enum (
    input  logic clk, rst_n, start, abort, done_in,
    output logic busy, finished,
    output logic [1:0] code
);
    typedef enum logic [1:0] {IDLE, RUN, WAIT_DONE, FINISH} state_t;
    state_t state, state_next;

    always_ff @(posedge clk or negedge rst_n)
        if (!rst_n) state <= IDLE;
        else state <= state_next;

    always_comb begin
        state_next = state;
        unique case (state)
            IDLE: if (start) state_next = RUN;
            RUN: state_next = abort ? IDLE : WAIT_DONE;
            WAIT_DONE: if (done_in) state_next = FINISH;
                       else if (abort) state_next = IDLE;
            FINISH: state_next = IDLE;
        endcase
    end

    always_comb begin
        busy = state != IDLE;
        finished = state == FINISH;
        code = state;
    end
endmodule
