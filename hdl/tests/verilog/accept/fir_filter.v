// top: fir_filter
// clock: clk
// reset: rst
// A filter in transposed form with coefficients in a function, and signed rounding of the sum.
module fir_filter #(parameter TAPS = 5, DW = 10, CW = 8) (input clk, rst, ce, input signed [DW-1:0] x, output signed [DW-1:0] y);
    localparam AW = DW + CW + 3;
    function signed [CW-1:0] coefficient(input integer i);
        case (i)
            0, 4: coefficient = -8'sd9;
            1, 3: coefficient = 8'sd33;
            2: coefficient = 8'sd77;
            default: coefficient = 0;
        endcase
    endfunction
    reg signed [AW-1:0] z [0:TAPS];
    integer i;
    always @(posedge clk)
        if (rst)
            for (i = 0; i <= TAPS; i = i + 1) z[i] <= 0;
        else if (ce)
            for (i = 0; i < TAPS; i = i + 1)
                z[i] <= z[i + 1] + x * coefficient(i);
    wire signed [AW-1:0] rounded = z[0] + (1 <<< (CW - 2));
    assign y = rounded >>> (CW - 1);
endmodule
