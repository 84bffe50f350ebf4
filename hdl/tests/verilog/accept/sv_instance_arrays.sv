// top: sv_instance_arrays
// clock: clk
// Arrays of instances whose ports get the elements of arrays, left to left, and parts of vectors, right to right.
module sv_instance_arrays (input clk, input [3:0] en, input [31:0] a, output [7:0] y [0:3], z [3:0], output [31:0] v);
    logic [7:0] up [0:3], down [3:0];
    for (genvar i = 0; i < 4; i++) begin : split
        assign up[i] = a[8*i +: 8];
        assign down[i] = a[8*i +: 8] ^ 8'h5a;
    end
    sv_instance_array_cell same [0:3] (.clk, .en, .a(up), .y);
    sv_instance_array_cell turned [3:0] (.clk, .en, .a(up), .y(z));
    sv_instance_array_cell mixed [3:0] (.clk, .en, .a(down), .y(v));
endmodule

module sv_instance_array_cell (input clk, input en, input [7:0] a, output logic [7:0] y);
    always_ff @(posedge clk) if (en) y <= y + a;
endmodule
