// top: loops_verilog
// while, repeat and for with disable of a named block; nested loops; a loop variable that lives on.
module loops_verilog(input [15:0] v, input [3:0] n, output reg [4:0] ones, zeros_low, output reg [3:0] log, output reg [15:0] rev, output reg [7:0] pairs);
    integer i, j, w;
    reg [15:0] t;
    always @* begin
        ones = 0;
        for (i = 0; i < 16; i = i + 1) ones = ones + v[i];
        zeros_low = i;
        begin : search
            for (j = 0; j < 16; j = j + 1)
                if (v[j]) begin
                    zeros_low = j;
                    disable search;
                end
        end
    end
    always @* begin
        log = 0;
        t = v;
        w = 0;
        while (w < 15) begin
            if (t > 1) log = log + 1;
            t = t >> 1;
            w = w + 1;
        end
    end
    integer k;
    always @* begin
        k = 0;
        rev = 0;
        repeat (16) begin
            rev[k] = v[15 - k];
            k = k + 1;
        end
    end
    integer x, y;
    always @* begin
        pairs = 0;
        for (x = 0; x < 8; x = x + 1)
            for (y = x + 1; y < 8; y = y + 1)
                if (v[x] & v[y + 8]) pairs = pairs + 1;
    end
endmodule
