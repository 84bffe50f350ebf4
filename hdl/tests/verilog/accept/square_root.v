// top: square_root
// An integer square root unrolled by a loop in a function with shifts and compares.
module square_root(input [23:0] v, output [11:0] root, output [12:0] rest);
    function [24:0] isqrt(input [23:0] n);
        reg [12:0] q;
        reg [25:0] r;
        reg [13:0] t;
        integer i;
        begin
            q = 0;
            r = 0;
            for (i = 11; i >= 0; i = i - 1) begin
                r = {r[23:0], n[2*i+1], n[2*i]};
                t = {q[11:0], 2'b01};
                if (r >= t) begin
                    r = r - t;
                    q = {q[11:0], 1'b1};
                end else
                    q = {q[11:0], 1'b0};
            end
            isqrt = {r[12:0], q[11:0]};
        end
    endfunction
    assign {rest, root} = isqrt(v);
endmodule
