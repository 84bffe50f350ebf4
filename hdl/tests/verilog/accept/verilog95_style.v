// top: verilog95_style
// clock: CLK
// A module as of 1995: no ANSI headers, parameters in the body, tasks with regs, functions that use parameters, upper case.
module verilog95_style (CLK, RESET_L, DIN, MODE, DOUT, FLAG);
   parameter SIZE = 8;
   parameter [1:0] HOLD = 2'b00, SHL = 2'b01, ROT = 2'b10;
   input             CLK, RESET_L;
   input  [SIZE-1:0] DIN;
   input  [1:0]      MODE;
   output [SIZE-1:0] DOUT;
   output            FLAG;
   reg    [SIZE-1:0] DOUT;
   reg               FLAG;
   function [SIZE-1:0] NEXT;
      input [SIZE-1:0] CUR;
      input [1:0] M;
      begin
         case (M)
            HOLD    : NEXT = CUR;
            SHL     : NEXT = {CUR[SIZE-2:0], 1'b0};
            ROT     : NEXT = {CUR[SIZE-2:0], CUR[SIZE-1]};
            default : NEXT = DIN;
         endcase
      end
   endfunction
   task SET_FLAG;
      input VALUE;
      FLAG = VALUE;
   endtask
   always @ (posedge CLK)
   begin
      if (RESET_L == 1'b0)
      begin
         DOUT <= {SIZE{1'b0}};
         SET_FLAG (1'b0);
      end
      else
      begin
         DOUT <= NEXT (DOUT, MODE);
         SET_FLAG (^ DOUT);
      end
   end
endmodule
