// top: sv_union_packed
// A packed union of structs of one width: written as one, read as another.
module sv_union_packed(input logic [31:0] raw, output logic [6:0] opcode, output logic [4:0] rd, output logic [11:0] imm_i, output logic [11:0] imm_s, output logic [31:0] patched);
    typedef struct packed {logic [11:0] imm; logic [4:0] rs1; logic [2:0] f3; logic [4:0] rd; logic [6:0] op;} itype_t;
    typedef struct packed {logic [6:0] immh; logic [4:0] rs2, rs1; logic [2:0] f3; logic [4:0] imml; logic [6:0] op;} stype_t;
    typedef union packed {logic [31:0] word; itype_t i; stype_t s;} inst_t;
    inst_t in, out;
    assign in.word = raw;
    assign opcode = in.i.op;
    assign rd = in.i.rd;
    assign imm_i = in.i.imm;
    assign imm_s = {in.s.immh, in.s.imml};
    always_comb begin
        out = in;
        out.s.rs2 = in.i.rs1;
        out.i.f3 = 3'b101;
    end
    assign patched = out.word;
endmodule
