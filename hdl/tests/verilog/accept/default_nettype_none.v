// top: default_nettype_none
// `default_nettype none and back, `timescale, `resetall, `celldefine, `line and comments in odd places.
`resetall
`timescale 1 ns / 10 ps
`default_nettype none
`celldefine
module default_nettype_none /* after the name */ (
    input wire a, // first
    input wire b /* second */,
    output wire y,
    output wire z
); // end of header
    wire t;
    assign t = a /* between */ & /* operators */ b; // and after
    assign y = ~t;
    /* a block
       comment // with a line comment inside
    */
    assign z = t ^ a;
endmodule
`endcelldefine
`default_nettype wire
