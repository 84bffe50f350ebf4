// top: wire_arrays
// Arrays of wires, of registers with two dimensions, and vectors of both; assignments to elements and slices.
module wire_arrays(input [31:0] v, input [1:0] i, j, output [7:0] y, output [3:0] z, output reg [7:0] t, output k);
    wire [7:0] bytes [3:0];
    wire single [0:3];
    genvar g;
    generate
        for (g = 0; g < 4; g = g + 1) begin : split
            assign bytes[g] = v[8*g +: 8];
            assign single[g] = ^bytes[g];
        end
    endgenerate
    assign y = bytes[i];
    assign z = bytes[i][j +: 4];
    assign k = single[j];
    reg [7:0] grid [0:1][0:1];
    always @* begin
        grid[0][0] = v[7:0];
        grid[0][1] = v[15:8];
        grid[1][0] = v[23:16];
        grid[1][1] = v[31:24];
        grid[i[0]][j[0]][3:0] = 4'hF;
        t = grid[i[1]][j[1]];
    end
endmodule
