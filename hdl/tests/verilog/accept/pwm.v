// top: pwm
// clock: clk
// reset: rst
// Pulse width modulation in several channels from a generate loop.
module pwm #(parameter CHANNELS = 4, parameter BITS = 6) (
    input clk, rst,
    input load,
    input [CHANNELS*BITS-1:0] duty,
    output [CHANNELS-1:0] out
);
    reg [BITS-1:0] counter;
    always @(posedge clk)
        if (rst) counter <= 0;
        else counter <= counter + 1;

    genvar i;
    generate
        for (i = 0; i < CHANNELS; i = i + 1) begin : channel
            reg [BITS-1:0] level;
            always @(posedge clk)
                if (rst) level <= 0;
                else if (load) level <= duty[i*BITS +: BITS];
            assign out[i] = counter < level;
        end
    endgenerate
endmodule
