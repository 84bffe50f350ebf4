// top: cordic
// clock: clk
// A pipelined CORDIC rotator: arrays of signed registers, arithmetic shifts by genvars, a table by function.
module cordic #(parameter W = 14, STAGES = 8) (input clk, input signed [W-1:0] angle, output signed [W-1:0] cosine, sine);
    reg signed [W-1:0] x [0:STAGES], y [0:STAGES], z [0:STAGES];
    function signed [W-1:0] atan(input integer i);
        case (i)
            0: atan = 14'sd1024; 1: atan = 14'sd604; 2: atan = 14'sd319; 3: atan = 14'sd162;
            4: atan = 14'sd81; 5: atan = 14'sd40; 6: atan = 14'sd20; default: atan = 14'sd10;
        endcase
    endfunction
    always @(posedge clk) begin
        x[0] <= 14'sd1243;
        y[0] <= 0;
        z[0] <= angle;
    end
    genvar i;
    generate
        for (i = 0; i < STAGES; i = i + 1) begin : stage
            wire signed [W-1:0] dx = x[i] >>> i, dy = y[i] >>> i;
            wire negative = z[i][W-1];
            always @(posedge clk) begin
                x[i+1] <= negative ? x[i] + dy : x[i] - dy;
                y[i+1] <= negative ? y[i] - dx : y[i] + dx;
                z[i+1] <= negative ? z[i] + atan(i) : z[i] - atan(i);
            end
        end
    endgenerate
    assign cosine = x[STAGES];
    assign sine = y[STAGES];
endmodule
