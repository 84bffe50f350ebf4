`include "include_cycle_a.vh"
