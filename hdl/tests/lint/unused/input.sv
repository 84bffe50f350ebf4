module unused #(parameter USED = 4, parameter SPARE = 2) (
  input logic clk, input logic [USED-1:0] a, input logic idle, input logic unused_pin, output logic y
);
  localparam NEVER = 3;
  logic written, forgotten;
  logic read;
  wire unused_ok = idle_too;
  wire idle_too = a[1];
  always_ff @(posedge clk) begin
    written <= a[0];
    read <= ^a;
  end
  assign y = read;
endmodule
