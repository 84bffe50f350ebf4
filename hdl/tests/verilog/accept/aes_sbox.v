// top: aes_sbox
// clock: clk
// The AES S-box by arithmetic in GF(2^8): functions of functions, loops, a ROM filled by a function in an initial block.
module aes_sbox(input clk, input [7:0] a, output reg [7:0] q, output [7:0] direct, output reg same);
    function [7:0] xtime(input [7:0] b);
        xtime = {b[6:0], 1'b0} ^ (8'h1b & {8{b[7]}});
    endfunction
    function [7:0] gmul(input [7:0] x, y);
        integer i;
        reg [7:0] p, t;
        begin
            p = 0;
            t = x;
            for (i = 0; i < 8; i = i + 1) begin
                if (y[i]) p = p ^ t;
                t = xtime(t);
            end
            gmul = p;
        end
    endfunction
    function [7:0] inverse(input [7:0] x);
        integer i;
        reg [7:0] s;
        begin
            s = x;
            for (i = 0; i < 6; i = i + 1) s = gmul(gmul(s, s), x);
            inverse = gmul(s, s);
        end
    endfunction
    function [7:0] sbox(input [7:0] x);
        reg [7:0] v;
        begin
            v = inverse(x);
            sbox = v ^ {v[6:0], v[7]} ^ {v[5:0], v[7:6]} ^ {v[4:0], v[7:5]} ^ {v[3:0], v[7:4]} ^ 8'h63;
        end
    endfunction
    reg [7:0] rom [0:255];
    integer k;
    initial for (k = 0; k < 256; k = k + 1) rom[k] = sbox(k);
    assign direct = sbox(a);
    always @(posedge clk) begin
        q <= rom[a];
        same <= rom[a] == direct;
    end
endmodule
