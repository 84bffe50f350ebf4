// top: sv_hamming_secded
// SECDED of 16 bits by functions with loops over bit positions that are powers of two.
module sv_hamming_secded(input logic [15:0] d, input logic [21:0] err, output logic [21:0] code, output logic [15:0] fixed, output logic single, double);
    function automatic logic is_pow2(int unsigned n);
        return (n & (n - 1)) == 0;
    endfunction
    function automatic logic [21:0] encode(logic [15:0] data);
        logic [21:0] c;
        int k;
        c = '0;
        k = 0;
        for (int i = 1; i < 22; i++)
            if (!is_pow2(i)) begin
                c[i] = data[k];
                k++;
            end
        for (int p = 0; p < 5; p++)
            for (int i = 1; i < 22; i++)
                if (i[p] && i != (1 << p)) c[1 << p] ^= c[i];
        c[0] = ^c[21:1];
        return c;
    endfunction
    assign code = encode(d);
    logic [4:0] syndrome;
    logic [21:0] r;
    always_comb begin
        int k;
        r = code ^ (err & {22{^err[3:0]}});
        syndrome = '0;
        for (int i = 1; i < 22; i++)
            if (r[i]) syndrome ^= 5'(i);
        single = ^r;
        double = !(^r) && syndrome != 0;
        if (single && syndrome < 22) r[syndrome] = ~r[syndrome];
        k = 0;
        fixed = '0;
        for (int i = 1; i < 22; i++)
            if (!is_pow2(i)) begin
                fixed[k] = r[i];
                k++;
            end
    end
endmodule
