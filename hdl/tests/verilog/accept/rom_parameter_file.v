// top: rom_parameter_file
// The name of the data file is a string parameter that passes through two levels.
module rom_parameter_file(input [2:0] a, output [7:0] x, y);
    rom_parameter_inner #(.INIT("rom_one.hex")) one (.a(a), .q(x));
    rom_parameter_inner #(.INIT("rom_two.hex"), .DEPTH(8)) two (.a(a), .q(y));
endmodule

module rom_parameter_inner #(parameter INIT = "", parameter DEPTH = 8) (input [2:0] a, output [7:0] q);
    reg [7:0] store [0:DEPTH-1];
    initial if (INIT != "") $readmemh(INIT, store);
    assign q = store[a];
endmodule
