// top: sv_package
// clock: clk
// Packages: types, parameters, functions, imports of one name and of all, and names with a scope.
package sv_package_pkg;
    parameter int WIDTH = 8;
    localparam logic [WIDTH-1:0] MAGIC = 8'hC3;
    typedef logic [WIDTH-1:0] word_t;
    typedef enum logic [1:0] {ADD, SUB, XOR, MAGIC_XOR} op_e;
    function automatic word_t apply(op_e op, word_t a, word_t b);
        case (op)
            ADD: return a + b;
            SUB: return a - b;
            XOR: return a ^ b;
            default: return a ^ MAGIC;
        endcase
    endfunction
endpackage

package sv_package_more;
    import sv_package_pkg::word_t;
    typedef struct packed {word_t hi; word_t lo;} pair_t;
    localparam int TWICE = 2 * sv_package_pkg::WIDTH;
endpackage

module sv_package import sv_package_pkg::*; (input logic clk, input op_e op, input word_t a, b, output word_t y, output logic [sv_package_more::TWICE-1:0] pair);
    import sv_package_more::pair_t;
    pair_t p;
    always_ff @(posedge clk) begin
        y <= apply(op, a, b);
        p.hi <= sv_package_pkg::apply(SUB, a, b);
        p.lo <= a & sv_package_pkg::MAGIC;
    end
    assign pair = p;
endmodule
