// top: alu_tasks
// clock: clk
// A registered ALU whose operations are tasks with several outputs.
module alu_tasks(input clk, input [2:0] op, input [7:0] a, b, output reg [7:0] y, output reg c, v);
    task add_with_flags;
        input [7:0] x, z;
        input cin;
        output [7:0] s;
        output co, ov;
        reg [8:0] t;
        begin
            t = x + z + cin;
            s = t[7:0];
            co = t[8];
            ov = (x[7] ~^ z[7]) & (x[7] ^ t[7]);
        end
    endtask

    task rotate(input [7:0] x, input [2:0] n, output [7:0] s);
        s = (x << n) | (x >> (8 - n));
    endtask

    reg [7:0] ty;
    reg tc, tv;
    always @(posedge clk) begin
        tc = 0;
        tv = 0;
        case (op)
            0: add_with_flags(a, b, 1'b0, ty, tc, tv);
            1: add_with_flags(a, ~b, 1'b1, ty, tc, tv);
            2: rotate(a, b[2:0], ty);
            3: ty = a & b;
            4: ty = a | b;
            5: ty = a ^ b;
            6: ty = ~(a ^ b);
            default: ty = 8'hxx;
        endcase
        y <= ty;
        c <= tc;
        v <= tv;
    end
endmodule
