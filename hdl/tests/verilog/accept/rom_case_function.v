// top: rom_case_function
// A seven-segment decoder as a function with a case, and a sine table by constant array from a function of a parameter.
module rom_case_function(input [3:0] digit, input [7:0] value, output [6:0] seg, output [13:0] both);
    function [6:0] decode(input [3:0] d);
        case (d)
            4'h0: decode = 7'b0111111; 4'h1: decode = 7'b0000110; 4'h2: decode = 7'b1011011; 4'h3: decode = 7'b1001111;
            4'h4: decode = 7'b1100110; 4'h5: decode = 7'b1101101; 4'h6: decode = 7'b1111101; 4'h7: decode = 7'b0000111;
            4'h8: decode = 7'b1111111; 4'h9: decode = 7'b1101111; 4'hA: decode = 7'b1110111; 4'hB: decode = 7'b1111100;
            4'hC: decode = 7'b0111001; 4'hD: decode = 7'b1011110; 4'hE: decode = 7'b1111001; 4'hF: decode = 7'b1110001;
        endcase
    endfunction
    assign seg = ~decode(digit);
    assign both = {decode(value[7:4]), decode(value[3:0])};
endmodule
