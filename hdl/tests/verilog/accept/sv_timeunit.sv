// top: sv_timeunit
// clock: clk
// Time units in a package and in a module mean nothing to a cycle.
package sv_timeunit_types;
    timeunit 1ns;
    timeprecision 1ps;
    typedef logic [7:0] byte_t;
endpackage

module sv_timeunit import sv_timeunit_types::*; (input logic clk, input byte_t d, output byte_t q);
    timeunit 10ns / 1ns;
    always_ff @(posedge clk) q <= #1 d + 8'd1;
endmodule
