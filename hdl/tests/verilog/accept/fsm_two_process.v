// top: fsm_two_process
// clock: clk
// reset: rst_n low
// A vending machine in two processes; Mealy outputs with defaults.
module fsm_two_process(input clk, rst_n, nickel, dime, output reg open, output reg change);
    localparam S0 = 5'b00001, S5 = 5'b00010, S10 = 5'b00100, S15 = 5'b01000, S20 = 5'b10000;
    reg [4:0] cs, ns;
    always @(posedge clk or negedge rst_n)
        if (!rst_n) cs <= S0;
        else cs <= ns;
    always @(cs or nickel or dime) begin
        ns = 5'bx;
        open = 0;
        change = 0;
        case (cs)
            S0: ns = dime ? S10 : nickel ? S5 : S0;
            S5: ns = dime ? S15 : nickel ? S10 : S5;
            S10: ns = dime ? S20 : nickel ? S15 : S10;
            S15: if (nickel || dime) begin ns = S0; open = 1; change = dime; end
                 else ns = S15;
            S20: begin ns = S0; open = 1; change = nickel; end
            default: ns = S0;
        endcase
    end
endmodule
