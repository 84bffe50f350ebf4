// top: fsm_traffic
// clock: clk
// reset: reset
// Traffic lights with timers: state and timer in different processes, parameters as real designs have them.
module fsm_traffic #(parameter GREEN_T = 9, YELLOW_T = 3, WALK_T = 5) (
    input clk, reset, car, walk_request,
    output reg [2:0] main_light, side_light, output reg walk
);
    localparam RED = 3'b100, YELLOW = 3'b010, GREEN = 3'b001;
    localparam [2:0] MG = 0, MY = 1, SG = 2, SY = 3, WK = 4;
    reg [2:0] state;
    reg [3:0] timer;
    reg pending;
    wire expired = timer == 0;

    always @(posedge clk or posedge reset)
        if (reset) pending <= 1'b0;
        else if (walk_request) pending <= 1'b1;
        else if (state == WK) pending <= 1'b0;

    always @(posedge clk or posedge reset)
        if (reset) begin state <= MG; timer <= GREEN_T; end
        else if (!expired) timer <= timer - 1;
        else case (state)
            MG: if (car | pending) begin state <= MY; timer <= YELLOW_T; end
            MY: begin
                if (pending) begin state <= WK; timer <= WALK_T; end
                else begin state <= SG; timer <= GREEN_T; end
            end
            WK: begin state <= SG; timer <= GREEN_T; end
            SG: begin state <= SY; timer <= YELLOW_T; end
            default: begin state <= MG; timer <= GREEN_T; end
        endcase

    always @* begin
        {main_light, side_light, walk} = {RED, RED, 1'b0};
        case (state)
            MG: main_light = GREEN;
            MY: main_light = YELLOW;
            SG: side_light = GREEN;
            SY: side_light = YELLOW;
            WK: walk = 1'b1;
        endcase
    end
endmodule
