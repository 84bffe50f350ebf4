// top: initial_values
// clock: clk
// Initial values in declarations and initial blocks with order, loops and conditions; no reset anywhere.
module initial_values(input clk, input en, output reg [7:0] a = 8'h3C, output [7:0] b, output reg [3:0] c, output [3:0] d);
    reg [7:0] b_reg = 8'd10, extra = 8'd1;
    reg [3:0] table_of [0:3];
    integer i;
    initial begin
        c = 4'd1;
        c = c + 4'd2;
        for (i = 0; i < 4; i = i + 1)
            if (i[0]) table_of[i] = 4'd9 - i;
            else table_of[i] = i * 2;
    end
    assign b = b_reg;
    assign d = table_of[a[1:0]];
    always @(posedge clk)
        if (en) begin
            a <= {a[6:0], a[7] ^ a[5]};
            b_reg <= b_reg + extra;
            extra <= extra + 1;
            c <= c + 1;
        end
endmodule
