// expect: HW2???
[|`include "include_cycle.v"|]
module m(output y);
    assign y = 1;
endmodule
