// top: generate_if
// Conditional generation with else chains, named and unnamed blocks, localparams and functions inside.
module generate_if #(parameter MODE = 2, parameter FAST = 1, parameter W = 8) (input [W-1:0] a, b, output [W-1:0] y, z, output [W-1:0] t);
    generate
        if (MODE == 0) begin : add
            assign y = a + b;
        end else if (MODE == 1) begin : sub
            assign y = a - b;
        end else begin : logic_unit
            localparam MASK = {W{1'b1}} >> 2;
            wire [W-1:0] inner = a & MASK;
            assign y = inner ^ b;
        end
        if (FAST)
            assign z = a << 1;
        else
            assign z = a + a;
    endgenerate
    if (W > 4 && MODE != 1) begin : late
        wire [W-1:0] q;
        assign q = logic_unit.inner + 1;
        assign t = q;
    end else
        assign t = 0;
endmodule
