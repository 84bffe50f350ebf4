// top: sv_while_do
// while, do-while and repeat loops with a fixed number of turns, continue, and local variables in blocks.
module sv_while_do(input logic [7:0] a, b, output logic [7:0] gcd, output logic [3:0] bits, output logic [7:0] collatz, output logic [7:0] rep);
    always_comb begin
        automatic logic [7:0] x, y, t;
        x = a | 8'd1;
        y = b;
        gcd = '0;
        for (int k = 0; k < 16; k++) begin
            if (y == 0) break;
            t = x % y;
            x = y;
            y = t;
        end
        gcd = x;
    end
    always_comb begin
        logic [7:0] t;
        int turn;
        t = a;
        bits = 0;
        turn = 0;
        do begin
            bits += 4'(t != 0);
            t >>= 1;
            turn++;
        end while (turn < 8);
    end
    always_comb begin
        int unsigned n;
        int turn;
        n = 32'(a[3:0]) + 1;
        collatz = 0;
        turn = 0;
        while (turn < 12) begin
            turn++;
            if (n == 1) continue;
            n = n[0] ? 3 * n + 1 : n / 2;
            collatz++;
        end
    end
    always_comb begin
        rep = b;
        repeat (3) rep = {rep[6:0], rep[7] ^ rep[3]};
    end
endmodule
