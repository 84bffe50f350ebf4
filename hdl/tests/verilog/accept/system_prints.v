// top: system_prints
// clock: clk
// Everything that only prints has no effect, also what prints to a file number or ends a simulation.
module system_prints(input clk, input [7:0] d, output reg [7:0] q);
    integer seen;
    initial begin
        seen = 0;
        $display("begins");
    end
    always @(posedge clk) begin
        q <= d + seen[7:0];
        if (d == 8'd3) begin
            seen <= seen + 1;
            $fwrite(32'h80000002, "three at %t: %d\n", $time, q);
            $fdisplay(1, "again");
            $strobeb(d);
            $monitorh("%h", q);
        end
        if (d == 8'd4) $error("four: %m");
        if (d == 8'd5) $stop;
        if (d == 8'd6) $finish(1);
    end
endmodule
