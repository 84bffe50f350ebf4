`include "include_cycle_b.vh"
module m(output y);
    assign y = 1;
endmodule
