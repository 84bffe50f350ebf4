// top: sv_multidim_packed
// clock: clk
// Packed arrays of two and three dimensions: elements, slices of elements, whole, on both sides, with variables.
module sv_multidim_packed(input logic clk, input logic [3:0][7:0] v, input logic [1:0] i, j, output logic [7:0] e, output logic [15:0] two, output logic [3:0][7:0] rot, output logic [1:0][1:0][3:0] cube, output logic nib, output logic [7:0] acc);
    logic [3:0][7:0] r;
    assign e = v[i];
    assign two = v[2:1];
    assign rot = {v[0], v[3:1]};
    assign nib = v[i][{1'b0, j}];
    always_ff @(posedge clk) begin
        r[i] <= v[j];
        r[0][7:4] <= v[3][3:0];
    end
    assign acc = r[0] + r[1] + r[2] + r[3];
    always_comb begin
        cube = '0;
        cube[0][1] = v[0][3:0];
        cube[1] = v[1];
        cube[i[0]][j[0]][i] = 1'b1;
    end
endmodule
