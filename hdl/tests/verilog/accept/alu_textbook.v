// top: alu_textbook
// An ALU with flags, as in a course.
module alu_textbook(
    input [31:0] a, b,
    input [3:0] alucont,
    output reg [31:0] result,
    output zero, negative, carry, overflow
);
    wire [31:0] bb = alucont[3] ? ~b : b;
    wire [32:0] sum = {1'b0, a} + {1'b0, bb} + alucont[3];
    wire slt = sum[31] ^ overflow;

    always @(a, b, bb, sum, slt, alucont)
        case (alucont[2:0])
            3'b000: result <= a & bb;
            3'b001: result <= a | bb;
            3'b010: result <= sum[31:0];
            3'b011: result <= {31'b0, slt};
            3'b100: result <= a ^ b;
            3'b101: result <= a << b[4:0];
            3'b110: result <= a >> b[4:0];
            3'b111: result <= $signed(a) >>> b[4:0];
        endcase

    assign zero = (result == 32'b0);
    assign negative = result[31];
    assign carry = sum[32];
    assign overflow = (a[31] == bb[31]) & (sum[31] != a[31]);
endmodule
