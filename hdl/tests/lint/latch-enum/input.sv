// Every name of the enumeration has a branch, so nothing is kept; without one of them something is.
module latch_enum(input logic [1:0] raw, output logic y, output logic z);
  typedef enum logic [1:0] {IDLE, RUN, DONE} state_t;
  state_t state;
  assign state = state_t'(raw);
  always_comb
    case (state)
      IDLE: y = 0;
      RUN: y = 1;
      DONE: y = 0;
    endcase
  always_comb
    case (state)
      IDLE: z = 0;
      DONE: z = 1;
    endcase
endmodule
