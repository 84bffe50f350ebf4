// top: sha256_round
// clock: clk
// reset: reset_n low
// A SHA-256 core: message schedule in an array, rounds with functions and a constant table.
`default_nettype none
module sha256_round(input wire clk, reset_n, init, input wire [31:0] word, input wire load, output wire [31:0] digest, output wire ready);
    function [31:0] rotr(input [31:0] x, input [4:0] n);
        rotr = (x >> n) | (x << (6'd32 - n));
    endfunction
    function [31:0] big0(input [31:0] x); big0 = rotr(x, 2) ^ rotr(x, 13) ^ rotr(x, 22); endfunction
    function [31:0] big1(input [31:0] x); big1 = rotr(x, 6) ^ rotr(x, 11) ^ rotr(x, 25); endfunction
    function [31:0] small0(input [31:0] x); small0 = rotr(x, 7) ^ rotr(x, 18) ^ (x >> 3); endfunction
    function [31:0] small1(input [31:0] x); small1 = rotr(x, 17) ^ rotr(x, 19) ^ (x >> 10); endfunction
    function [31:0] ch(input [31:0] x, y, z); ch = (x & y) ^ (~x & z); endfunction
    function [31:0] maj(input [31:0] x, y, z); maj = (x & y) ^ (x & z) ^ (y & z); endfunction

    reg [31:0] w [0:15];
    reg [31:0] a, b, c, d, e, f, g, h;
    reg [5:0] round;
    reg running;
    reg [31:0] k;
    always @*
        case (round[3:0])
            4'd0: k = 32'h428a2f98; 4'd1: k = 32'h71374491; 4'd2: k = 32'hb5c0fbcf; 4'd3: k = 32'he9b5dba5;
            4'd4: k = 32'h3956c25b; 4'd5: k = 32'h59f111f1; 4'd6: k = 32'h923f82a4; 4'd7: k = 32'hab1c5ed5;
            4'd8: k = 32'hd807aa98; 4'd9: k = 32'h12835b01; 4'd10: k = 32'h243185be; 4'd11: k = 32'h550c7dc3;
            4'd12: k = 32'h72be5d74; 4'd13: k = 32'h80deb1fe; 4'd14: k = 32'h9bdc06a7; default: k = 32'hc19bf174;
        endcase
    wire [31:0] w_new = w[0] + small0(w[1]) + w[9] + small1(w[14]);
    wire [31:0] t1 = h + big1(e) + ch(e, f, g) + (k ^ {26'd0, round}) + w[0];
    wire [31:0] t2 = big0(a) + maj(a, b, c);
    integer i;
    always @(posedge clk or negedge reset_n)
        if (!reset_n) begin
            for (i = 0; i < 16; i = i + 1) w[i] <= 32'd0;
            {a, b, c, d, e, f, g, h} <= {8{32'd0}};
            round <= 6'd0;
            running <= 1'b0;
        end else if (load) begin
            for (i = 0; i < 15; i = i + 1) w[i] <= w[i + 1];
            w[15] <= word;
        end else if (init && !running) begin
            running <= 1'b1;
            round <= 6'd0;
            a <= 32'h6a09e667; b <= 32'hbb67ae85; c <= 32'h3c6ef372; d <= 32'ha54ff53a;
            e <= 32'h510e527f; f <= 32'h9b05688c; g <= 32'h1f83d9ab; h <= 32'h5be0cd19;
        end else if (running) begin
            for (i = 0; i < 15; i = i + 1) w[i] <= w[i + 1];
            w[15] <= w_new;
            h <= g; g <= f; f <= e; e <= d + t1;
            d <= c; c <= b; b <= a; a <= t1 + t2;
            round <= round + 6'd1;
            if (round == 6'd63) running <= 1'b0;
        end
    assign digest = a ^ e;
    assign ready = ~running;
endmodule
`default_nettype wire
