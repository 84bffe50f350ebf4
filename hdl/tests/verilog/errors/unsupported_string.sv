// expect: HW2412
module m(input clk, output logic y);
    string s;
    initial s = "abc";
    always_ff @(posedge clk) y <= [|s|] == "abc";
endmodule
