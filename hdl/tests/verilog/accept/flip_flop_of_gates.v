// top: flip_flop_of_gates
// oracle: icarus (Verilator's order of gates lets the new value of one flip-flop into the next one before that has closed)
// clock: clk
// reset: rst_n low
// Flip-flops of six NAND gates with an asynchronous clear: a shift register, a counter, and a ripple counter of them.
module flip_flop_of_gates(input clk, rst_n, d, en, output [3:0] shift, output [2:0] count, ripple, output reg same);
    wire [2:0] n;
    reg [3:0] expected;
    gate_dff f0(clk, d, rst_n, shift[0],);
    gate_dff f1(clk, shift[0], rst_n, shift[1],);
    gate_dff f2(clk, shift[1], rst_n, shift[2],);
    gate_dff f3(clk, shift[2], rst_n, shift[3],);
    gate_dff c0(clk, count[0] ^ en, rst_n, count[0],);
    gate_dff c1(clk, count[1] ^ (count[0] & en), rst_n, count[1],);
    gate_dff c2(clk, count[2] ^ (&count[1:0] & en), rst_n, count[2],);
    gate_dff r0(clk, n[0], rst_n, ripple[0], n[0]);
    gate_dff r1(n[0], n[1], rst_n, ripple[1], n[1]);
    gate_dff r2(n[1], n[2], rst_n, ripple[2], n[2]);
    always @(posedge clk or negedge rst_n)
        if (!rst_n) expected <= 4'd0;
        else expected <= {expected[2:0], d};
    always @(negedge clk) same <= shift == expected;
endmodule

module gate_dff(input clk, d, clr_n, output q, q_n);
    wire n1, n2, n3, n4;
    nand (n1, n4, n2);
    nand (n2, n1, clk, clr_n);
    nand (n3, n2, clk, n4);
    nand (n4, n3, d, clr_n);
    nand (q, n2, q_n);
    nand (q_n, n3, q, clr_n);
endmodule
