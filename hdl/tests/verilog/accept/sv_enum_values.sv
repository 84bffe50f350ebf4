// top: sv_enum_values
// clock: clk
// reset: rst
// Enums with explicit values, one-hot, gaps, ranges of names, without a base type, and casts to them.
module sv_enum_values(input logic clk, rst, input logic [2:0] k, output logic [3:0] hot, output logic [7:0] coded, output int number, output logic is_blue, output logic [2:0] same);
    typedef enum logic [3:0] {ONE = 4'b0001, TWO = 4'b0010, FOUR = 4'b0100, EIGHT = 4'b1000} onehot_e;
    typedef enum bit [7:0] {RED = 8'h10, GREEN, BLUE = 8'h40, WHITE} color_e;
    typedef enum {A, B = 5, C} plain_e;
    enum logic [2:0] {S[4], T[5:7]} anonymous;
    onehot_e h;
    color_e c;
    plain_e p;
    always_ff @(posedge clk)
        if (rst) begin
            h <= ONE;
            c <= RED;
        end else begin
            case (h)
                ONE: h <= TWO;
                TWO: h <= FOUR;
                FOUR: h <= EIGHT;
                default: h <= ONE;
            endcase
            c <= k[0] ? BLUE : k[1] ? color_e'(8'h11) : WHITE;
        end
    always_comb begin
        p = k[2] ? C : B;
        anonymous = k == 3'd2 ? S2 : k > 3'd4 ? T7 : S0;
    end
    assign hot = h;
    assign coded = c;
    assign number = p + A;
    assign is_blue = c == BLUE || c inside {GREEN};
    assign same = anonymous;
endmodule
