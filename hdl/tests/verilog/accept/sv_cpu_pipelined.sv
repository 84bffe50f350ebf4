// top: sv_cpu_pipelined
// clock: clk
// reset: rst
// A three-stage machine with typed instructions, a package, forwarding, structs as pipeline registers.
package sv_cpu_pkg;
    typedef enum logic [3:0] {NOP, ADD, SUB, AND, OR, XOR, SHL, SHR, SLT, LI, LW, SW, BEQ, BNE, JMP, IN} opcode_t;
    typedef logic [2:0] reg_t;
    typedef struct packed {opcode_t op; reg_t rd; reg_t rs; logic [5:0] imm;} inst_t;
    typedef struct packed {logic valid; inst_t inst; logic [7:0] pc; logic [15:0] a, b;} execute_t;
    function automatic logic [15:0] sext(logic [5:0] v);
        return {{10{v[5]}}, v};
    endfunction
endpackage

module sv_cpu_pipelined import sv_cpu_pkg::*; (input logic clk, rst, input logic [15:0] sensor, output logic [7:0] pc_o, output logic [15:0] checksum, output logic halted);
    inst_t program_rom [16];
    initial begin
        for (int i = 0; i < 16; i++) program_rom[i] = '{op: NOP, rd: '0, rs: '0, imm: '0};
        program_rom[0] = '{LI, 3'd1, 3'd0, 6'd7};
        program_rom[1] = '{IN, 3'd2, 3'd0, 6'd0};
        program_rom[2] = '{ADD, 3'd2, 3'd1, 6'd0};
        program_rom[3] = '{SW, 3'd2, 3'd1, 6'd1};
        program_rom[4] = '{XOR, 3'd3, 3'd2, 6'd0};
        program_rom[5] = '{LW, 3'd4, 3'd1, 6'd1};
        program_rom[6] = '{SUB, 3'd4, 3'd3, 6'd0};
        program_rom[7] = '{SLT, 3'd4, 3'd2, 6'd0};
        program_rom[8] = '{BNE, 3'd4, 3'd0, -6'sd7};
        program_rom[9] = '{SHL, 3'd3, 3'd1, 6'd0};
        program_rom[10] = '{BEQ, 3'd5, 3'd0, 6'd2};
        program_rom[11] = '{LI, 3'd5, 3'd0, 6'd0};
        program_rom[12] = '{LI, 3'd5, 3'd0, 6'd1};
        program_rom[13] = '{OR, 3'd5, 3'd3, 6'd0};
        program_rom[14] = '{JMP, 3'd0, 3'd0, 6'd1};
    end

    logic [7:0] pc;
    inst_t fetched;
    logic fetched_valid;
    logic [7:0] fetched_pc;
    execute_t ex;
    logic [15:0] regs [8];
    logic [15:0] mem [16];
    logic [15:0] result;
    logic writes, taken;
    logic [7:0] target;

    always_comb begin
        result = '0;
        writes = 1'b1;
        taken = 1'b0;
        target = ex.pc + 8'(sext(ex.inst.imm));
        unique case (ex.inst.op)
            ADD: result = ex.a + ex.b;
            SUB: result = ex.a - ex.b;
            AND: result = ex.a & ex.b;
            OR: result = ex.a | ex.b;
            XOR: result = ex.a ^ ex.b;
            SHL: result = ex.a << ex.b[3:0];
            SHR: result = ex.a >> ex.b[3:0];
            SLT: result = 16'($signed(ex.a) < $signed(ex.b));
            LI: result = sext(ex.inst.imm);
            LW: result = mem[4'(ex.b + sext(ex.inst.imm))];
            IN: result = sensor;
            BEQ, BNE: begin
                writes = 1'b0;
                taken = (ex.a == ex.b) ^ (ex.inst.op == BNE);
            end
            JMP: begin
                writes = 1'b0;
                taken = 1'b1;
                target = 8'(ex.inst.imm);
            end
            default: writes = 1'b0;
        endcase
        writes &= ex.valid;
        taken &= ex.valid;
    end

    always_ff @(posedge clk)
        if (rst) begin
            pc <= '0;
            fetched <= '0;
            fetched_valid <= 1'b0;
            fetched_pc <= '0;
            ex <= '0;
            checksum <= '0;
        end else begin
            pc <= taken ? target : pc + 8'd1;
            fetched <= program_rom[pc[3:0]];
            fetched_pc <= pc;
            fetched_valid <= !taken;
            ex <= '{valid: fetched_valid && !taken, inst: fetched, pc: fetched_pc,
                    a: writes && ex.inst.rd == fetched.rd ? result : regs[fetched.rd],
                    b: writes && ex.inst.rd == fetched.rs ? result : regs[fetched.rs]};
            if (writes) regs[ex.inst.rd] <= result;
            if (ex.valid && ex.inst.op == SW) mem[4'(ex.b + sext(ex.inst.imm))] <= ex.a;
            if (writes) checksum <= {checksum[14:0], checksum[15]} ^ result;
        end
    assign pc_o = pc;
    assign halted = pc > 8'd14;
endmodule
