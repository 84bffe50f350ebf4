// top: priority_encoder_for
// Priority encoders by loops: last match wins, and first match with a flag; leading zeros.
module priority_encoder_for #(parameter W = 16) (
    input [W-1:0] in,
    output reg [3:0] highest, lowest,
    output reg valid,
    output reg [4:0] leading_zeros
);
    integer i;
    reg found;
    always @(in) begin
        highest = 4'd0;
        lowest = 4'd0;
        found = 1'b0;
        valid = 1'b0;
        leading_zeros = W;
        for (i = 0; i < W; i = i + 1) begin
            if (in[i]) begin
                highest = i[3:0];
                if (!found) lowest = i;
                found = 1'b1;
                leading_zeros = W - 1 - i;
            end
        end
        valid = found;
    end
endmodule
