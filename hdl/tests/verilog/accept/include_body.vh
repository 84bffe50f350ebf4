`include "include_defs.vh"
    function [3:0] mixed(input [3:0] x);
        mixed = {x[0], x[3:1]} ^ `BUS_W;
    endfunction
