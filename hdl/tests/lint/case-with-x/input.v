module case_with_x(input wire [1:0] sel, output reg a, output reg b, output reg c);
  always @* begin
    casex (sel)
      2'b1x: a = 1;
      default: a = 0;
    endcase
    case (sel)
      2'b0x: b = 1;
      default: b = 0;
    endcase
    casez (sel)
      2'b?1: c = 1;
      default: c = 0;
    endcase
  end
endmodule
