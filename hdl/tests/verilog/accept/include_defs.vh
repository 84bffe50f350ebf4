`ifndef INCLUDE_DEFS_VH
`define INCLUDE_DEFS_VH
`define BUS_W 12
`define BUS_STEP 12'd5
`endif
