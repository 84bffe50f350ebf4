// top: initial_zero_delay
// clock: clk
// reset: rst
// Power-up values behind a delay of zero, as tools for high-level synthesis write them, and delays inside of processes.
module initial_zero_delay(clk, rst, a, b, state, product, late);
parameter    ST_ONE = 3'd1;
parameter    ST_TWO = 3'd2;
parameter    ST_FOUR = 3'd4;
input   clk;
input   rst;
input  [15:0] a;
input  [7:0] b;
output  [2:0] state;
output  [31:0] product;
output  [7:0] late;
reg   [2:0] fsm;
reg   [2:0] fsm_next;
reg   [31:0] product;
reg   [7:0] late;
wire    in_one;
initial begin
#0 fsm = 3'd1;
#0 product = 32'd7;
#0.0 late = 8'd1;
end
always @ (posedge clk) begin
    if (rst == 1'b1) begin
        fsm <= ST_ONE;
    end else begin
        fsm <= fsm_next;
    end
end
always @ (posedge clk) begin
    #1;
    if ((1'b1 == in_one)) begin
        product <= ($signed(a) * $signed({{8{b[7]}}, b}));
    end
    #2 late <= b;
end
always @ (*) begin
    case (fsm)
        ST_ONE : begin
            fsm_next = ST_TWO;
        end
        ST_TWO : begin
            fsm_next = ST_FOUR;
        end
        ST_FOUR : begin
            fsm_next = ST_ONE;
        end
        default : begin
            fsm_next = 'bx;
        end
    endcase
end
assign in_one = fsm[32'd0];
assign state = fsm;
endmodule
