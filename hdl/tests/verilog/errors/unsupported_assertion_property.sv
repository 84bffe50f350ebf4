// expect: HW2402
module m(input logic clk, a, output logic y);
    assign y = a;
    [|assert|] property (@(posedge clk) a |-> y);
endmodule
