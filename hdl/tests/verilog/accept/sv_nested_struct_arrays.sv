// top: sv_nested_struct_arrays
// clock: clk
// reset: rst
// Structs with packed arrays of structs inside, arrays of structs, members by variable indexes.
module sv_nested_struct_arrays(input logic clk, rst, input logic [1:0] i, input logic j, input logic [4:0] v, output logic [1:0][4:0] lane, output logic [9:0] word, output logic flag);
    typedef struct packed {logic en; logic [3:0] val;} cell_t;
    typedef struct packed {cell_t [1:0] cells; logic dirty;} row_t;
    row_t rows [4];
    row_t current;
    always_ff @(posedge clk)
        if (rst) for (int k = 0; k < 4; k++) rows[k] <= '0;
        else begin
            rows[i].cells[j] <= v;
            rows[i].cells[j ? 1'b0 : 1'b1].val[1:0] <= v[1:0];
            rows[i].dirty <= v[4] ^ rows[i].dirty;
        end
    assign current = rows[i];
    assign lane = current.cells;
    assign word = {rows[0].cells[0], rows[3].cells[1].val, rows[1].dirty};
    assign flag = rows[i].cells[j].en;
endmodule
