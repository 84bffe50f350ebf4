module case_overlap(input wire [2:0] sel, output reg [1:0] y, output reg [1:0] z);
  localparam TWO = 2;
  always @* begin
    case (sel)
      3'd0: y = 0;
      TWO, 3'd3: y = 1;
      3'b010: y = 2;
      default: y = 3;
    endcase
    casez (sel)
      3'b1??: z = 0;
      3'b11?: z = 1;
      3'b?11: z = 2;
      default: z = 3;
    endcase
  end
endmodule
