// What people write every day, and what no rule has anything to say about.
package numbers;
  localparam int WIDTH = 8;
  typedef enum logic [1:0] {IDLE, LOAD, RUN} state_t;
  typedef struct packed {
    logic valid;
    logic [WIDTH-1:0] data;
  } word_t;
endpackage

module clean import numbers::*; #(parameter int DEPTH = 4) (
  input logic clk, input logic rst_n, input word_t in, output word_t out, output logic [$clog2(DEPTH)-1:0] level, output logic busy
);
  logic [WIDTH-1:0] memory [DEPTH];
  logic [$clog2(DEPTH)-1:0] at;
  state_t state, next;

  always_ff @(posedge clk or negedge rst_n) begin
    if (!rst_n) begin
      state <= IDLE;
      at <= '0;
    end else begin
      state <= next;
      if (in.valid) at <= at + 1'b1;
    end
  end

  always_ff @(posedge clk) if (in.valid) memory[at] <= in.data;

  always_comb begin
    next = state;
    unique case (state)
      IDLE: if (in.valid) next = LOAD;
      LOAD: next = RUN;
      RUN: next = IDLE;
      default: next = IDLE;
    endcase
  end

  function automatic logic [WIDTH-1:0] turned(input logic [WIDTH-1:0] value);
    for (int i = 0; i < WIDTH; i++) turned[i] = value[WIDTH - 1 - i];
  endfunction

  always_comb begin
    out = '0;
    out.valid = state == RUN;
    out.data = turned(memory[at]);
  end

  assign level = at;
  assign busy = state != IDLE;
endmodule
