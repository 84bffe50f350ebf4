// top: sv_tasks
// clock: clk
// reset: rst
// Tasks with inout, ones that write signals of the module, called from clocked and combinational blocks.
module sv_tasks(input logic clk, rst, input logic [7:0] d, output logic [7:0] acc, output logic [3:0] n, output logic [7:0] mixed);
    logic [7:0] shadow;
    task automatic step(inout logic [7:0] v, input logic [7:0] by);
        v = v + by;
        v = {v[0], v[7:1]};
    endtask
    task bump;
        n <= n + 1;
    endtask
    always_ff @(posedge clk)
        if (rst) begin
            acc <= '0;
            n <= '0;
            shadow = '0;
        end else begin
            step(shadow, d);
            acc <= shadow;
            if (d[0]) bump;
            if (d[1]) bump();
        end
    always_comb begin
        logic [7:0] t;
        t = d;
        step(t, 8'd3);
        step(.v(t), .by(d));
        mixed = t;
    end
endmodule
