// Code that looked suspicious to earlier versions of the rules and is not.
module left_alone #(parameter int N = 4, parameter int WIDTH = 8, parameter type T = logic [7:0]) (
  input logic clk, input logic [1:0] s, input logic [N-1:0] a, output logic [N-1:0] y, output logic d, output T typed,
  output logic [WIDTH-1:0] taps, output logic q
);
  // A branch that these parameters leave out.
  generate
    case (WIDTH)
      8: assign taps = 8'hB8;
      16: assign taps = 16'hB400;
      default: assign taps = '0;
    endcase
    if (N > 8) begin : clocked
      always_ff @(posedge clk) q <= a[0];
    end else begin : direct
      always_comb q = a[0];
    end
  endgenerate
  // One bit in each turn of a generate loop.
  for (genvar i = 0; i < N; i++) begin : bits
    always_comb y[i] = a[i] ^ a[(i + 1) % N];
  end
  // A promise that one condition holds.
  always_comb
    unique if (s == 2'd0) d = a[0];
    else if (s != 2'd0) d = a[1];
  // A type that the instance chooses.
  typed_source #(.T(logic [11:0])) u(.o(wide));
  logic [11:0] wide;
  assign typed = wide;
endmodule

module typed_source #(parameter type T = logic [7:0]) (output T o);
  assign o = 12'd5;
endmodule
