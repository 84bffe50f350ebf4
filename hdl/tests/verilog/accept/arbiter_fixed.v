// top: arbiter_fixed
// A fixed-priority arbiter by isolating the lowest bit, and by a casez.
module arbiter_fixed #(parameter N = 6) (input [N-1:0] req, output [N-1:0] grant, output reg [2:0] index, output any);
    assign grant = req & (~req + 1'b1);
    assign any = |req;
    always @*
        casez (req)
            6'b?????1: index = 0;
            6'b????10: index = 1;
            6'b???100: index = 2;
            6'b??1000: index = 3;
            6'b?10000: index = 4;
            6'b100000: index = 5;
            default: index = 3'd7;
        endcase
endmodule
