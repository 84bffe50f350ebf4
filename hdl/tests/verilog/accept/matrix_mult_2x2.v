// top: matrix_mult_2x2
// A product of matrices that travel as flat vectors: copies to arrays in an always block and back.
module matrix_mult_2x2(input [31:0] A, input [31:0] B, output reg [31:0] Res);
    reg [7:0] A1 [0:1][0:1];
    reg [7:0] B1 [0:1][0:1];
    reg [7:0] R1 [0:1][0:1];
    integer i, j, k;
    always @(A or B) begin
        {A1[0][0], A1[0][1], A1[1][0], A1[1][1]} = A;
        {B1[0][0], B1[0][1], B1[1][0], B1[1][1]} = B;
        {R1[0][0], R1[0][1], R1[1][0], R1[1][1]} = 32'd0;
        for (i = 0; i < 2; i = i + 1)
            for (j = 0; j < 2; j = j + 1)
                for (k = 0; k < 2; k = k + 1)
                    R1[i][j] = R1[i][j] + (A1[i][k] * B1[k][j]);
        Res = {R1[0][0], R1[0][1], R1[1][0], R1[1][1]};
    end
endmodule
