// top: multiplier_wallace
// A multiplier by partial products and carry-save rows made of full adders in generate loops.
module multiplier_wallace #(parameter N = 6) (input [N-1:0] a, b, output [2*N-1:0] p, output right);
    wire [2*N-1:0] pp [0:N-1];
    wire [2*N-1:0] s [0:N-1];
    wire [2*N-1:0] c [0:N-1];
    genvar i, j;
    generate
        for (i = 0; i < N; i = i + 1) begin : rows
            assign pp[i] = b[i] ? {{N{1'b0}}, a} << i : {2*N{1'b0}};
            if (i == 0) begin
                assign s[0] = pp[0];
                assign c[0] = 0;
            end else begin
                for (j = 0; j < 2 * N; j = j + 1) begin : bits
                    multiplier_wallace_csa u (.x(s[i-1][j]), .y(c[i-1][j]), .z(pp[i][j]), .s(s[i][j]));
                    if (j > 0) begin : carry
                        assign c[i][j] = (s[i-1][j-1] & c[i-1][j-1]) | (s[i-1][j-1] & pp[i][j-1]) | (c[i-1][j-1] & pp[i][j-1]);
                    end else begin : none
                        assign c[i][j] = 1'b0;
                    end
                end
            end
        end
    endgenerate
    assign p = s[N-1] + c[N-1];
    assign right = p == a * b;
endmodule

module multiplier_wallace_csa(input x, y, z, output s);
    assign s = x ^ y ^ z;
endmodule
