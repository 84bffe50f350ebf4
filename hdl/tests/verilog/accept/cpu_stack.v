// top: cpu_stack
// clock: clk
// reset: rst
// A stack machine with data and return stacks in one array, program by $readmemh.
module cpu_stack(input clk, input rst, input [15:0] external, output [15:0] tos, output reg [15:0] port, output [7:0] where);
    reg [15:0] rom [0:31];
    initial $readmemh("cpu_stack.hex", rom);

    reg [15:0] stack [0:15];
    reg [7:0] pc;
    reg [3:0] sp;
    reg [15:0] t;
    wire [15:0] n = stack[sp];
    wire [15:0] insn = rom[pc[4:0]];
    wire [3:0] op = insn[15:12];
    wire [11:0] arg = insn[11:0];

    assign tos = t;
    assign where = pc;

    always @(posedge clk)
        if (rst) begin
            pc <= 8'd0; sp <= 4'd0; t <= 16'd0; port <= 16'd0;
        end else begin
            pc <= pc + 8'd1;
            case (op)
                4'd1: begin stack[sp + 4'd1] <= t; sp <= sp + 4'd1; t <= {{4{arg[11]}}, arg}; end
                4'd2: begin t <= n + t; sp <= sp - 4'd1; end
                4'd3: begin t <= n - t; sp <= sp - 4'd1; end
                4'd4: begin t <= n & t; sp <= sp - 4'd1; end
                4'd5: begin t <= n ^ t; sp <= sp - 4'd1; end
                4'd6: begin stack[sp + 4'd1] <= t; sp <= sp + 4'd1; end
                4'd7: begin t <= n; sp <= sp - 4'd1; end
                4'd8: begin stack[sp] <= t; t <= n; end
                4'd9: pc <= arg[7:0];
                4'd10: begin if (t == 0) pc <= arg[7:0]; t <= n; sp <= sp - 4'd1; end
                4'd11: t <= t >> 1;
                4'd12: begin stack[sp + 4'd1] <= t; sp <= sp + 4'd1; t <= external; end
                4'd13: begin port <= t; t <= n; sp <= sp - 4'd1; end
                default: ;
            endcase
        end
endmodule
