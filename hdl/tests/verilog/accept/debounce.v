// top: debounce
// clock: clk
// reset: rst
// A push button debouncer with a saturating counter, and edge pulses.
module debounce #(parameter integer LIMIT = 20) (
    input clk, input rst, input button, output reg state, output down, output up
);
    localparam WIDTH = $clog2(LIMIT);
    reg s0, s1;
    reg [WIDTH-1:0] count;
    wire idle = state == s1;
    wire max = count == LIMIT - 1;

    always @(posedge clk)
        if (rst) {s1, s0} <= 2'b00;
        else {s1, s0} <= {s0, button};

    always @(posedge clk)
        if (rst) begin
            count <= 0;
            state <= 0;
        end else if (idle)
            count <= 0;
        else begin
            count <= count + 1'd1;
            if (max) begin
                state <= ~state;
                count <= 0;
            end
        end

    assign down = ~idle & max & ~state;
    assign up = ~idle & max & state;
endmodule
