// top: escaped_identifiers
// clock: clk
// Escaped identifiers of every strange kind, keywords among them, and equal to their plain spelling.
module escaped_identifiers(input clk, input [3:0] \a+b , input \in[0] , output [3:0] \out , output reg \always );
    wire [3:0] \weird-name! = \a+b  ^ {4{\in[0] }};
    wire [3:0] plain;
    assign \plain = \weird-name! + 1;
    escaped_inner \u/1 (.\x.y (plain), .y(\out ));
    always @(posedge clk) \always <= ^\a+b ;
endmodule

module escaped_inner(input [3:0] \x.y , output [3:0] y);
    assign y = \x.y << 1;
endmodule
