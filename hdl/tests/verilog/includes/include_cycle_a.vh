`include "include_cycle_b.vh"
