// top: specify_block
// clock: clk
// Cells as libraries have them, with delays of paths and timing checks, which mean nothing where edges are counted.
module specify_block(input clk, input d, input a, b, output q, output y);
    cell_dff ff (.CK(clk), .D(d), .Q(q));
    cell_nand2 g (.A(a), .B(b), .Z(y));
endmodule

module cell_nand2(input A, B, output Z);
    nand (Z, A, B);
    specify
        specparam tRise = 1.5, tFall = 2;
        (A => Z) = (tRise, tFall);
        (B *> Z) = 1;
    endspecify
endmodule

module cell_dff(input CK, D, output reg Q);
    initial Q = 1'b0;
    always @(posedge CK) Q <= D;
    specify
        (posedge CK => (Q +: D)) = 2;
        $setup(D, posedge CK, 3);
        $width(posedge CK, 1);
        if (D) (CK => Q) = 1;
    endspecify
endmodule
