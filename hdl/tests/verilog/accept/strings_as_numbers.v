// top: strings_as_numbers
// String literals are numbers of eight bits a character; padding, escapes, comparison and concatenation.
module strings_as_numbers(input [7:0] c, input [1:0] i, output [31:0] word, output hit, output [7:0] ch, output [23:0] cut, output reg [39:0] msg);
    assign word = "AB";
    assign hit = c == "x";
    localparam [8*4-1:0] NAME = "wxyz";
    assign ch = NAME[8*i +: 8];
    assign cut = "wxyz";
    always @*
        case (i)
            2'd0: msg = "hello";
            2'd1: msg = {"a", "b\n", "\"", 8'h21};
            2'd2: msg = "\t\\\101";
            default: msg = "";
        endcase
endmodule
