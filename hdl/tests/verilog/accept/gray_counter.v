// top: gray_counter
// clock: clk
// reset: rst
// A Gray counter by conversion, and one that steps by its parity; both agree.
module gray_counter #(parameter N = 5) (input clk, rst, en, output [N-1:0] gray, output reg [N-1:0] direct, output same);
    reg [N-1:0] bin;
    always @(posedge clk)
        if (rst) bin <= 0;
        else if (en) bin <= bin + 1'b1;
    assign gray = bin ^ (bin >> 1);

    integer i;
    reg toggled;
    always @(posedge clk)
        if (rst) direct <= 0;
        else if (en) begin
            toggled = 1'b0;
            if (~^direct) direct[0] <= ~direct[0];
            else for (i = 1; i < N; i = i + 1)
                if (!toggled && (direct[i-1] || i == N - 1)) begin
                    direct[i] <= ~direct[i];
                    toggled = 1'b1;
                end
        end
    assign same = gray == direct;
endmodule
