// All of the branches assign over a value that stands before, so there is no latch; a default is still missing.
module case_without_default(input wire [1:0] sel, input wire [2:0] wide, output reg y, output reg z, output reg full);
  always @* begin
    y = 0;
    case (sel)
      2'd0: y = 1;
      2'd2: y = 1;
    endcase
    z = 0;
    casez (wide)
      3'b1??: z = 1;
      3'b01?: z = 0;
    endcase
    full = 0;
    casez (wide)
      3'b1??: full = 1;
      3'b0?0: full = 1;
      3'b0?1: full = 0;
    endcase
  end
endmodule
