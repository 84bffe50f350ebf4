// top: cpu_mips_single
// clock: clk
// reset: reset
// A single-cycle MIPS subset in the way of a textbook: many small modules, instructions in a case.
module cpu_mips_single(input clk, reset, input [15:0] noise, output [31:0] writedata, dataadr, output memwrite, output [31:0] pc);
    wire [31:0] instr, readdata;
    mips_core mips(clk, reset, pc, instr, memwrite, dataadr, writedata, readdata);
    mips_imem imem(pc[7:2], instr);
    mips_dmem dmem(clk, memwrite, dataadr, writedata ^ {16'b0, noise}, readdata);
endmodule

module mips_imem(input [5:0] a, output reg [31:0] rd);
    always @(*)
        case (a)
            6'd0: rd = 32'h20020005;
            6'd1: rd = 32'h2003000c;
            6'd2: rd = 32'h2067fff7;
            6'd3: rd = 32'h00e22025;
            6'd4: rd = 32'h00642824;
            6'd5: rd = 32'h00a42820;
            6'd6: rd = 32'h10a7000a;
            6'd7: rd = 32'h0064202a;
            6'd8: rd = 32'h10800001;
            6'd9: rd = 32'h20050000;
            6'd10: rd = 32'h00e2202a;
            6'd11: rd = 32'h00853820;
            6'd12: rd = 32'h00e23822;
            6'd13: rd = 32'hac670044;
            6'd14: rd = 32'h8c020050;
            6'd15: rd = 32'h08000011;
            6'd16: rd = 32'h20020001;
            6'd17: rd = 32'hac020054;
            6'd18: rd = 32'h08000001;
            default: rd = 32'h0;
        endcase
endmodule

module mips_dmem(input clk, we, input [31:0] a, wd, output [31:0] rd);
    reg [31:0] RAM[63:0];
    assign rd = RAM[a[31:2]]; // word aligned
    always @(posedge clk)
        if (we) RAM[a[31:2]] <= wd;
endmodule

module mips_core(input clk, reset, output [31:0] pc, input [31:0] instr, output memwrite, output [31:0] aluout, writedata, input [31:0] readdata);
    wire memtoreg, alusrc, regdst, regwrite, jump, pcsrc, zero;
    wire [2:0] alucontrol;
    mips_controller c(instr[31:26], instr[5:0], zero, memtoreg, memwrite, pcsrc, alusrc, regdst, regwrite, jump, alucontrol);
    mips_datapath dp(clk, reset, memtoreg, pcsrc, alusrc, regdst, regwrite, jump, alucontrol, zero, pc, instr, aluout, writedata, readdata);
endmodule

module mips_controller(input [5:0] op, funct, input zero, output memtoreg, memwrite, output pcsrc, alusrc, output regdst, regwrite, output jump, output [2:0] alucontrol);
    wire [1:0] aluop;
    wire branch;
    mips_maindec md(op, memtoreg, memwrite, branch, alusrc, regdst, regwrite, jump, aluop);
    mips_aludec ad(funct, aluop, alucontrol);
    assign pcsrc = branch & zero;
endmodule

module mips_maindec(input [5:0] op, output memtoreg, memwrite, output branch, alusrc, output regdst, regwrite, output jump, output [1:0] aluop);
    reg [8:0] controls;
    assign {regwrite, regdst, alusrc, branch, memwrite, memtoreg, jump, aluop} = controls;
    always @(*)
        case (op)
            6'b000000: controls <= 9'b110000010;
            6'b100011: controls <= 9'b101001000;
            6'b101011: controls <= 9'b001010000;
            6'b000100: controls <= 9'b000100001;
            6'b001000: controls <= 9'b101000000;
            6'b000010: controls <= 9'b000000100;
            default:   controls <= 9'bxxxxxxxxx;
        endcase
endmodule

module mips_aludec(input [5:0] funct, input [1:0] aluop, output reg [2:0] alucontrol);
    always @(*)
        case (aluop)
            2'b00: alucontrol <= 3'b010;
            2'b01: alucontrol <= 3'b110;
            default: case (funct)
                6'b100000: alucontrol <= 3'b010;
                6'b100010: alucontrol <= 3'b110;
                6'b100100: alucontrol <= 3'b000;
                6'b100101: alucontrol <= 3'b001;
                6'b101010: alucontrol <= 3'b111;
                default:   alucontrol <= 3'bxxx;
            endcase
        endcase
endmodule

module mips_datapath(input clk, reset, input memtoreg, pcsrc, input alusrc, regdst, input regwrite, jump, input [2:0] alucontrol, output zero, output [31:0] pc, input [31:0] instr, output [31:0] aluout, writedata, input [31:0] readdata);
    wire [4:0] writereg;
    wire [31:0] pcnext, pcnextbr, pcplus4, pcbranch, signimm, signimmsh, srca, srcb, result;
    mips_flopr #(32) pcreg(clk, reset, pcnext, pc);
    mips_adder pcadd1(pc, 32'b100, pcplus4);
    assign signimmsh = {signimm[29:0], 2'b00};
    mips_adder pcadd2(pcplus4, signimmsh, pcbranch);
    mips_mux2 #(32) pcbrmux(pcplus4, pcbranch, pcsrc, pcnextbr);
    mips_mux2 #(32) pcmux(pcnextbr, {pcplus4[31:28], instr[25:0], 2'b00}, jump, pcnext);
    mips_regfile rf(clk, regwrite, instr[25:21], instr[20:16], writereg, result, srca, writedata);
    mips_mux2 #(5) wrmux(instr[20:16], instr[15:11], regdst, writereg);
    mips_mux2 #(32) resmux(aluout, readdata, memtoreg, result);
    assign signimm = {{16{instr[15]}}, instr[15:0]};
    mips_mux2 #(32) srcbmux(writedata, signimm, alusrc, srcb);
    mips_alu alu(srca, srcb, alucontrol, aluout, zero);
endmodule

module mips_regfile(input clk, input we3, input [4:0] ra1, ra2, wa3, input [31:0] wd3, output [31:0] rd1, rd2);
    reg [31:0] rf[31:0];
    always @(posedge clk) if (we3) rf[wa3] <= wd3;
    assign rd1 = (ra1 != 0) ? rf[ra1] : 0;
    assign rd2 = (ra2 != 0) ? rf[ra2] : 0;
endmodule

module mips_adder(input [31:0] a, b, output [31:0] y);
    assign y = a + b;
endmodule

module mips_flopr #(parameter WIDTH = 8) (input clk, reset, input [WIDTH-1:0] d, output reg [WIDTH-1:0] q);
    always @(posedge clk, posedge reset)
        if (reset) q <= 0;
        else q <= d;
endmodule

module mips_mux2 #(parameter WIDTH = 8) (input [WIDTH-1:0] d0, d1, input s, output [WIDTH-1:0] y);
    assign y = s ? d1 : d0;
endmodule

module mips_alu(input [31:0] a, b, input [2:0] f, output reg [31:0] y, output zero);
    wire [31:0] bout = f[2] ? ~b : b;
    wire [31:0] s = a + bout + f[2];
    always @(*)
        case (f[1:0])
            2'b00: y <= a & bout;
            2'b01: y <= a | bout;
            2'b10: y <= s;
            2'b11: y <= s[31];
        endcase
    assign zero = (y == 32'b0);
endmodule
