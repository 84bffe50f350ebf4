// top: fsm_one_process
// clock: clk
// reset: rst
// A sequence detector (1011) in one process, output registered.
module fsm_one_process(input clk, input rst, input x, output reg seen);
    parameter A = 0, B = 1, C = 2, D = 3;
    reg [1:0] s;
    always @(posedge clk) begin
        seen <= 1'b0;
        if (rst) s <= A;
        else case (s)
            A: s <= x ? B : A;
            B: s <= x ? B : C;
            C: if (x) s <= D; else s <= A;
            D: begin
                if (x) begin seen <= 1'b1; s <= B; end
                else s <= C;
            end
        endcase
    end
endmodule
