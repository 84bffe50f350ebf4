// top: hamming_encode
// Hamming (12,8) encoder and a decoder that repairs one flipped bit.
module hamming_encode(input [7:0] d, input [3:0] flip, output [12:1] code, output [7:0] repaired, output [3:0] syndrome);
    assign code[3] = d[0];
    assign {code[7], code[6], code[5]} = d[3:1];
    assign code[12:9] = d[7:4];
    assign code[1] = code[3] ^ code[5] ^ code[7] ^ code[9] ^ code[11];
    assign code[2] = code[3] ^ code[6] ^ code[7] ^ code[10] ^ code[11];
    assign code[4] = ^code[7:5] ^ code[12];
    assign code[8] = ^code[12:9];

    wire [12:1] received = code ^ (flip == 0 || flip > 12 ? 12'd0 : 12'd1 << (flip - 1));
    wire [12:1] fixed = received ^ (syndrome == 0 ? 12'd0 : 12'd1 << (syndrome - 1));
    assign syndrome[0] = received[1] ^ received[3] ^ received[5] ^ received[7] ^ received[9] ^ received[11];
    assign syndrome[1] = received[2] ^ received[3] ^ received[6] ^ received[7] ^ received[10] ^ received[11];
    assign syndrome[2] = ^received[7:4] ^ received[12];
    assign syndrome[3] = ^received[12:8];
    assign repaired = {fixed[12:9], fixed[7:5], fixed[3]};
endmodule
