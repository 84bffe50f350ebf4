// top: sv_typedefs
// clock: clk
// Type definitions of vectors, arrays, enums of types; used in ports, functions, parameters and other types.
module sv_typedefs(input logic clk, input logic [3:0] a, input logic [1:0] way, output logic [11:0] y, output logic [3:0] z);
    typedef logic [3:0] nibble_t;
    typedef nibble_t [2:0] triple_t;
    typedef nibble_t bank_t [4];
    typedef enum nibble_t {LOW = 4'd2, HIGH = 4'd12} level_t;
    triple_t t;
    bank_t bank;
    level_t level;
    localparam nibble_t INC = 4'd3;
    always_ff @(posedge clk) begin
        bank[way] <= a + INC;
        t <= {t[1:0], a};
        level <= a > 4'd7 ? HIGH : LOW;
    end
    assign y = t;
    assign z = bank[way] ^ level;
endmodule
