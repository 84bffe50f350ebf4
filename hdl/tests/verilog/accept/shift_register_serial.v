// top: shift_register_serial
// clock: clk
// reset: rst
// Parallel-in serial-out and back, bidirectional shifts by concatenation, a delay line of a parameter's length, Johnson counter.
module shift_register_serial #(parameter LENGTH = 7) (input clk, rst, load, dir, si, input [7:0] d, output so, output [7:0] q, output delayed, output reg [3:0] johnson);
    reg [7:0] r;
    reg [LENGTH-1:0] line;
    always @(posedge clk or posedge rst) begin
        if (rst) r <= 8'd0;
        else if (load) r <= d;
        else if (dir) r <= {si, r[7:1]};
        else r <= {r[6:0], si};
    end
    always @(posedge clk) line <= {line[LENGTH-2:0], si};
    always @(posedge clk)
        if (rst) johnson <= 4'b0;
        else johnson <= {johnson[2:0], ~johnson[3]};
    assign so = dir ? r[0] : r[7];
    assign q = r;
    assign delayed = line[LENGTH-1];
endmodule
