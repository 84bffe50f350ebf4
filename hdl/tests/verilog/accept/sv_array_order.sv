// top: sv_array_order
// clock: clk
// Arrays whose indices run the other way are assigned and connected left to left.
module ascending(input logic [7:0] a [0:2], output logic [7:0] y [0:2]);
    always_comb foreach (y[i]) y[i] = a[i] + 8'(i);
endmodule

module sv_array_order(input logic clk, input logic [7:0] a [0:2], input logic [7:0] b [2:0], input logic [3:0] m [0:1][2:0],
    output logic [7:0] y [2:0], output logic [7:0] z [0:2], output logic [7:0] w [2:0], output logic [3:0] n [1:0][0:2]);
    logic [7:0] held [2:0];
    always_ff @(posedge clk) held <= a;
    assign y = held;
    assign z = b;
    assign n = m;
    ascending child(.a(b), .y(w));
endmodule
