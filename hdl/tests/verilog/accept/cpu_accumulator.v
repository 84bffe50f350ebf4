// top: cpu_accumulator
// clock: clk
// reset: rst
// A small accumulator machine with its program in an initial block; decode by nested case.
`define OP_NOP 4'h0
`define OP_LDA 4'h1
`define OP_ADD 4'h2
`define OP_SUB 4'h3
`define OP_STA 4'h4
`define OP_LDI 4'h5
`define OP_JMP 4'h6
`define OP_JC  4'h7
`define OP_JZ  4'h8
`define OP_IN  4'h9
`define OP_OUT 4'hE

module cpu_accumulator (input clk, rst, input [7:0] in_port, output reg [7:0] out_port, output reg [3:0] pc, output zf, cf);
    reg [7:0] ram [0:15];
    reg [7:0] ir;
    reg [7:0] acc;
    reg [2:0] t;
    reg zero, carry;
    integer n;

    initial begin
        for (n = 0; n < 16; n = n + 1) ram[n] = 8'h00;
        ram[0] = {`OP_IN, 4'd0};
        ram[1] = {`OP_ADD, 4'd14};
        ram[2] = {`OP_STA, 4'd15};
        ram[3] = {`OP_OUT, 4'd0};
        ram[4] = {`OP_JC, 4'd7};
        ram[5] = {`OP_SUB, 4'd13};
        ram[6] = {`OP_JZ, 4'd9};
        ram[7] = {`OP_LDA, 4'd15};
        ram[8] = {`OP_JMP, 4'd1};
        ram[9] = {`OP_LDI, 4'd5};
        ram[10] = {`OP_OUT, 4'd0};
        ram[11] = {`OP_JMP, 4'd0};
        ram[13] = 8'd3;
        ram[14] = 8'd29;
    end

    assign zf = zero;
    assign cf = carry;

    always @(posedge clk) begin
        if (rst) begin
            pc <= 0; t <= 0; acc <= 0; zero <= 0; carry <= 0; out_port <= 0; ir <= 0;
        end else begin
            t <= (t == 3'd2) ? 3'd0 : t + 3'd1;
            case (t)
                3'd0: ir <= ram[pc];
                3'd1: pc <= pc + 4'd1;
                3'd2:
                    case (ir[7:4])
                        `OP_LDA: acc <= ram[ir[3:0]];
                        `OP_ADD: begin
                            {carry, acc} <= acc + ram[ir[3:0]];
                            zero <= (acc + ram[ir[3:0]]) == 8'd0;
                        end
                        `OP_SUB: begin
                            {carry, acc} <= acc - ram[ir[3:0]];
                            zero <= acc == ram[ir[3:0]];
                        end
                        `OP_STA: ram[ir[3:0]] <= acc;
                        `OP_LDI: acc <= ir[3:0];
                        `OP_JMP: pc <= ir[3:0];
                        `OP_JC: if (carry) pc <= ir[3:0];
                        `OP_JZ: if (zero) pc <= ir[3:0];
                        `OP_IN: acc <= in_port;
                        `OP_OUT: out_port <= acc;
                        default: ;
                    endcase
                default: t <= 3'd0;
            endcase
        end
    end
endmodule
