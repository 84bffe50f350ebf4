module inferred_latch(
  input logic en, input logic [1:0] sel, input logic [3:0] d, output logic q, output logic [3:0] r, output logic [3:0] s,
  output logic good, output logic [3:0] loop, output logic [3:0] odd, output logic held, output logic full
);
  always_comb if (en) q = d[0];
  always @* begin
    case (sel)
      2'd0: r = d;
      2'd1: r = ~d;
      2'd3: r = 0;
    endcase
  end
  always_comb begin
    s[1:0] = d[1:0];
    if (sel[0]) s[3:2] = d[3:2];
    else s[3] = 0;
  end
  always_comb begin
    good = 0;
    if (en) good = d[1];
  end
  always_comb for (int i = 0; i < 4; i++) loop[i] = d[3 - i];
  always_comb for (int i = 0; i < 2; i++) odd[2 * i + 1] = d[i];
  assign odd[0] = en, odd[2] = en;
  always_latch if (en) held = d[2];
  always_comb
    case (sel)
      2'd0: full = 1;
      2'd1, 2'd2: full = 0;
      2'd3: full = d[0];
    endcase
endmodule
