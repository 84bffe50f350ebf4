// top: flip_flop_master_slave
// clock: clk
// reset: rst_n low
// oracle: icarus (Verilator 5.006 leaves s[0] behind the q of f0.slave in one step)
// Flip-flops of two latches of gates with an asynchronous clear: a shift register and a counter of them.
module flip_flop_master_slave(input clk, rst_n, d, output [3:0] shift, output [1:0] count);
    wire [3:0] s;
    wire [1:0] c;
    // What gates hold at power-up is not defined.
    reg seen;
    initial seen = 1'b0;
    always @(posedge clk) if (!rst_n) seen <= 1'b1;
    assign shift = seen ? s : 4'd0;
    assign count = seen ? c : 2'd0;
    gate_ms f0(clk, d, rst_n, s[0]);
    gate_ms f1(clk, s[0], rst_n, s[1]);
    gate_ms f2(clk, s[1], rst_n, s[2]);
    gate_ms f3(clk, s[2], rst_n, s[3]);
    gate_ms c0(clk, ~c[0], rst_n, c[0]);
    gate_ms c1(clk, c[1] ^ c[0], rst_n, c[1]);
endmodule

module gate_latch(input d, en, clr_n, output q, q_n);
    wire s, r;
    nand (s, d, en, clr_n);
    nand (r, ~d, en);
    nand (q, s, q_n);
    nand (q_n, r, q, clr_n);
endmodule

module gate_ms(input clk, d, clr_n, output q);
    wire m;
    gate_latch master(d, ~clk, clr_n, m,);
    gate_latch slave(m, clk, clr_n, q,);
endmodule
