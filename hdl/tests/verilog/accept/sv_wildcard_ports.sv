// top: sv_wildcard_ports
// clock: clk
// reset: rst
// Connections by .* and .name, mixed with explicit ones and with open ports.
module sv_wildcard_ports(input logic clk, rst, input logic [3:0] a, b, output logic [4:0] sum, output logic [3:0] held, output logic parity);
    logic enable;
    assign enable = a[0] ^ b[0];
    sv_wildcard_add u_add (.*, .extra());
    sv_wildcard_reg u_reg (.*, .d(sum[3:0]), .q(held));
    sv_wildcard_par u_par (.a, .b(b), .parity);
endmodule

module sv_wildcard_add(input logic [3:0] a, b, output logic [4:0] sum, output logic extra);
    assign sum = a + b;
    assign extra = sum[4];
endmodule

module sv_wildcard_reg(input logic clk, rst, enable, input logic [3:0] d, output logic [3:0] q);
    always_ff @(posedge clk)
        if (rst) q <= '0;
        else if (enable) q <= d;
endmodule

module sv_wildcard_par(input logic [3:0] a, b, output logic parity);
    assign parity = ^{a, b};
endmodule
