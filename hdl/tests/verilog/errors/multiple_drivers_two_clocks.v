// expect: HW2303
module m(input c1, c2, a, b, output reg y);
    always @(posedge c1) y <= a;
    always @(posedge c2) [|y|] <= b;
endmodule
