// A pipelined RV32I core with its own memories: the design of 'hwseed bench sim' that does not replicate.
// Five stages (fetch, decode, execute, memory, write back); operands are forwarded to execute, a load followed by its
// use costs one bubble, a taken branch or jump two. Branches are resolved in execute. FENCE, ECALL and EBREAK do nothing.
// Words at 0x8000_0000 and above are the outside: a load reads 'stimulus', a store appears at 'result'.
`default_nettype none

module rv32i #(
    parameter PROGRAM = "rv32i.hex",
    parameter IMEM_WORDS = 256,
    parameter DMEM_WORDS = 1024
) (
    input  wire        clk,
    input  wire        rst,
    input  wire [31:0] stimulus,
    output wire [31:0] pc,
    output wire        retired,
    output reg  [31:0] instructions,
    output reg         result_valid,
    output reg  [31:0] result,
    output reg  [31:0] checksum
);
    localparam [31:0] NOP = 32'h0000_0013;

    // Fetch.
    reg [31:0] imem [0:IMEM_WORDS-1];
    initial $readmemh(PROGRAM, imem);

    reg  [31:0] if_pc;
    wire [31:0] if_inst = imem[if_pc[$clog2(IMEM_WORDS)+1:2]];
    wire        stall;
    wire        redirect;
    wire [31:0] target;

    always @(posedge clk)
        if (rst)
            if_pc <= 32'd0;
        else if (redirect)
            if_pc <= target;
        else if (!stall)
            if_pc <= if_pc + 32'd4;

    reg        id_valid;
    reg [31:0] id_pc;
    reg [31:0] id_inst;

    always @(posedge clk)
        if (rst || redirect) begin
            id_valid <= 1'b0;
            id_pc    <= 32'd0;
            id_inst  <= NOP;
        end else if (!stall) begin
            id_valid <= 1'b1;
            id_pc    <= if_pc;
            id_inst  <= if_inst;
        end

    // Decode.
    wire [3:0]  id_op;
    wire [31:0] id_imm;
    wire        id_use_pc, id_use_imm, id_writes, id_load, id_store, id_branch, id_jump, id_jump_reg, id_use_rs1, id_use_rs2;
    rv32i_decode decode (
        .inst(id_inst), .op(id_op), .imm(id_imm), .use_pc(id_use_pc), .use_imm(id_use_imm), .writes(id_writes),
        .load(id_load), .store(id_store), .branch(id_branch), .jump(id_jump), .jump_reg(id_jump_reg),
        .use_rs1(id_use_rs1), .use_rs2(id_use_rs2));

    wire [4:0]  id_rs1 = id_inst[19:15];
    wire [4:0]  id_rs2 = id_inst[24:20];
    wire [31:0] id_a, id_b;
    wire        wb_writes;
    wire [4:0]  wb_rd;
    wire [31:0] wb_value;
    rv32i_registers registers (
        .clk(clk), .we(wb_writes), .wa(wb_rd), .wd(wb_value), .ra(id_rs1), .rb(id_rs2), .qa(id_a), .qb(id_b));

    reg        ex_valid, ex_use_pc, ex_use_imm, ex_writes, ex_load, ex_store, ex_branch, ex_jump, ex_jump_reg;
    reg [3:0]  ex_op;
    reg [2:0]  ex_funct3;
    reg [4:0]  ex_rd, ex_rs1, ex_rs2;
    reg [31:0] ex_pc, ex_a, ex_b, ex_imm;

    assign stall = ex_valid && ex_load && ex_rd != 5'd0
        && ((id_use_rs1 && ex_rd == id_rs1) || (id_use_rs2 && ex_rd == id_rs2));

    wire bubble = rst || redirect || stall || !id_valid;

    always @(posedge clk) begin
        ex_valid    <= !bubble;
        ex_writes   <= !bubble && id_writes;
        ex_load     <= !bubble && id_load;
        ex_store    <= !bubble && id_store;
        ex_branch   <= !bubble && id_branch;
        ex_jump     <= !bubble && id_jump;
        ex_jump_reg <= id_jump_reg;
        ex_use_pc   <= id_use_pc;
        ex_use_imm  <= id_use_imm;
        ex_op       <= id_op;
        ex_funct3   <= id_inst[14:12];
        ex_rd       <= id_inst[11:7];
        ex_rs1      <= id_rs1;
        ex_rs2      <= id_rs2;
        ex_pc       <= id_pc;
        ex_a        <= id_a;
        ex_b        <= id_b;
        ex_imm      <= id_imm;
    end

    // Execute.
    reg        mem_valid, mem_writes, mem_load, mem_store;
    reg [2:0]  mem_funct3;
    reg [4:0]  mem_rd;
    reg [31:0] mem_result, mem_data;

    wire mem_hits_a = mem_writes && mem_rd != 5'd0 && mem_rd == ex_rs1;
    wire mem_hits_b = mem_writes && mem_rd != 5'd0 && mem_rd == ex_rs2;
    wire wb_hits_a  = wb_writes && wb_rd != 5'd0 && wb_rd == ex_rs1;
    wire wb_hits_b  = wb_writes && wb_rd != 5'd0 && wb_rd == ex_rs2;
    wire [31:0] rs1 = mem_hits_a ? mem_result : wb_hits_a ? wb_value : ex_a;
    wire [31:0] rs2 = mem_hits_b ? mem_result : wb_hits_b ? wb_value : ex_b;

    wire [31:0] ex_result;
    rv32i_alu alu (
        .op(ex_op), .a(ex_use_pc ? ex_pc : rs1), .b(ex_use_imm ? ex_imm : rs2), .y(ex_result));

    wire equal = rs1 == rs2;
    wire less_signed = $signed(rs1) < $signed(rs2);
    wire less_unsigned = rs1 < rs2;
    reg  taken;
    always @*
        case (ex_funct3)
            3'b000: taken = equal;
            3'b001: taken = !equal;
            3'b100: taken = less_signed;
            3'b101: taken = !less_signed;
            3'b110: taken = less_unsigned;
            3'b111: taken = !less_unsigned;
            default: taken = 1'b0;
        endcase

    assign redirect = ex_jump || (ex_branch && taken);
    assign target = ((ex_jump_reg && ex_jump ? rs1 : ex_pc) + ex_imm) & ~32'd1;

    always @(posedge clk) begin
        mem_valid  <= ex_valid && !rst;
        mem_writes <= ex_writes && !rst;
        mem_load   <= ex_load && !rst;
        mem_store  <= ex_store && !rst;
        mem_funct3 <= ex_funct3;
        mem_rd     <= ex_rd;
        mem_result <= ex_jump ? ex_pc + 32'd4 : ex_result;
        mem_data   <= rs2;
    end

    // Memory.
    reg [31:0] dmem [0:DMEM_WORDS-1];
    integer    i;
    initial
        for (i = 0; i < DMEM_WORDS; i = i + 1)
            dmem[i] = 32'd0;

    wire [$clog2(DMEM_WORDS)-1:0] dmem_word = mem_result[$clog2(DMEM_WORDS)+1:2];
    wire        outside = mem_result[31];
    wire [31:0] store_data = mem_data << {mem_result[1:0], 3'b000};
    reg  [3:0]  lanes;
    always @*
        case (mem_funct3[1:0])
            2'b00:   lanes = 4'b0001 << mem_result[1:0];
            2'b01:   lanes = 4'b0011 << mem_result[1:0];
            default: lanes = 4'b1111;
        endcase

    wire [3:0] we = mem_store && !outside ? lanes : 4'b0000;
    reg [31:0] wb_word;
    always @(posedge clk) begin
        if (we[0]) dmem[dmem_word][7:0]   <= store_data[7:0];
        if (we[1]) dmem[dmem_word][15:8]  <= store_data[15:8];
        if (we[2]) dmem[dmem_word][23:16] <= store_data[23:16];
        if (we[3]) dmem[dmem_word][31:24] <= store_data[31:24];
        wb_word <= outside ? stimulus : dmem[dmem_word];
    end

    reg        wb_valid, wb_write_enable, wb_load;
    reg [2:0]  wb_funct3;
    reg [4:0]  wb_register;
    reg [31:0] wb_result;
    always @(posedge clk) begin
        wb_valid        <= mem_valid && !rst;
        wb_write_enable <= mem_writes && !rst;
        wb_load         <= mem_load && !rst;
        wb_funct3       <= mem_funct3;
        wb_register     <= mem_rd;
        wb_result       <= mem_result;
    end

    // Write back.
    wire [31:0] shifted = wb_word >> {wb_result[1:0], 3'b000};
    reg  [31:0] loaded;
    always @*
        case (wb_funct3)
            3'b000:  loaded = {{24{shifted[7]}}, shifted[7:0]};
            3'b001:  loaded = {{16{shifted[15]}}, shifted[15:0]};
            3'b100:  loaded = {24'd0, shifted[7:0]};
            3'b101:  loaded = {16'd0, shifted[15:0]};
            default: loaded = shifted;
        endcase

    assign wb_writes = wb_write_enable;
    assign wb_rd = wb_register;
    assign wb_value = wb_load ? loaded : wb_result;

    // What the outside sees.
    assign pc = if_pc;
    assign retired = wb_valid;

    always @(posedge clk)
        if (rst) begin
            instructions <= 32'd0;
            result_valid <= 1'b0;
            result       <= 32'd0;
            checksum     <= 32'd0;
        end else begin
            instructions <= instructions + {31'd0, wb_valid};
            result_valid <= mem_store && outside;
            if (mem_store && outside)
                result <= mem_data;
            if (wb_valid)
                checksum <= {checksum[30:0], checksum[31]} ^ (wb_writes ? wb_value : {27'd0, wb_rd});
        end
endmodule

// Which operation and which operands an instruction needs.
module rv32i_decode (
    input  wire [31:0] inst,
    output reg  [3:0]  op,
    output reg  [31:0] imm,
    output wire        use_pc,
    output wire        use_imm,
    output wire        writes,
    output wire        load,
    output wire        store,
    output wire        branch,
    output wire        jump,
    output wire        jump_reg,
    output wire        use_rs1,
    output wire        use_rs2
);
    wire [6:0] opcode = inst[6:0];
    wire [2:0] funct3 = inst[14:12];

    wire lui      = opcode == 7'b0110111;
    wire auipc    = opcode == 7'b0010111;
    wire jal      = opcode == 7'b1101111;
    wire jalr     = opcode == 7'b1100111;
    wire alu_imm  = opcode == 7'b0010011;
    wire alu_reg  = opcode == 7'b0110011;
    assign branch = opcode == 7'b1100011;
    assign load   = opcode == 7'b0000011;
    assign store  = opcode == 7'b0100011;

    assign jump     = jal || jalr;
    assign jump_reg = jalr;
    assign use_pc   = auipc;
    assign use_imm  = !alu_reg && !branch;
    assign writes   = lui || auipc || jump || alu_imm || alu_reg || load;
    assign use_rs1  = jalr || branch || load || store || alu_imm || alu_reg;
    assign use_rs2  = branch || store || alu_reg;

    // The operation's number: funct3 with the bit that tells SUB from ADD and SRA from SRL above; 1111 takes b as it is.
    always @*
        if (lui)
            op = 4'b1111;
        else if (alu_reg || alu_imm)
            op = {inst[30] && (alu_reg || funct3 == 3'b101), funct3};
        else
            op = 4'b0000;

    always @*
        case (1'b1)
            lui, auipc: imm = {inst[31:12], 12'd0};
            jal:        imm = {{12{inst[31]}}, inst[19:12], inst[20], inst[30:21], 1'b0};
            branch:     imm = {{20{inst[31]}}, inst[7], inst[30:25], inst[11:8], 1'b0};
            store:      imm = {{21{inst[31]}}, inst[30:25], inst[11:7]};
            default:    imm = {{21{inst[31]}}, inst[30:20]};
        endcase
endmodule

module rv32i_alu (
    input  wire [3:0]  op,
    input  wire [31:0] a,
    input  wire [31:0] b,
    output reg  [31:0] y
);
    wire [4:0] count = b[4:0];
    always @*
        case (op)
            4'b0000: y = a + b;
            4'b1000: y = a - b;
            4'b0001: y = a << count;
            4'b0010: y = {31'd0, $signed(a) < $signed(b)};
            4'b0011: y = {31'd0, a < b};
            4'b0100: y = a ^ b;
            4'b0101: y = a >> count;
            4'b1101: y = $signed(a) >>> count;
            4'b0110: y = a | b;
            4'b0111: y = a & b;
            default: y = b;
        endcase
endmodule

// 31 registers with two read ports; what is written is read at once. Register 0 reads as zero.
module rv32i_registers (
    input  wire        clk,
    input  wire        we,
    input  wire [4:0]  wa,
    input  wire [31:0] wd,
    input  wire [4:0]  ra,
    input  wire [4:0]  rb,
    output wire [31:0] qa,
    output wire [31:0] qb
);
    reg [31:0] x [0:31];
    integer i;
    initial
        for (i = 0; i < 32; i = i + 1)
            x[i] = 32'd0;

    always @(posedge clk)
        if (we && wa != 5'd0)
            x[wa] <= wd;

    assign qa = ra == 5'd0 ? 32'd0 : we && wa == ra ? wd : x[ra];
    assign qb = rb == 5'd0 ? 32'd0 : we && wa == rb ? wd : x[rb];
endmodule

`default_nettype wire
