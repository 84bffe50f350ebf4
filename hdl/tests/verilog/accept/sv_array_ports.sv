// top: sv_array_ports
// clock: clk
// Unpacked arrays as ports of inner modules, whole array assignments, and slices of arrays.
module sv_array_ports(input logic clk, input logic [7:0] a0, a1, a2, a3, output logic [9:0] sum, output logic [7:0] biggest, output logic [7:0] back);
    logic [7:0] values [4];
    logic [7:0] sorted [4];
    assign values[0] = a0;
    assign values[1] = a1;
    assign values[2] = a2;
    assign values[3] = a3;
    sv_array_sort u (.clk, .in(values), .out(sorted));
    sv_array_sum #(.N(4)) s (.v(sorted), .sum);
    assign biggest = sorted[3];
    logic [7:0] copy [4];
    always_ff @(posedge clk) copy <= sorted;
    assign back = copy[0] ^ copy[1];
endmodule

module sv_array_sort(input logic clk, input logic [7:0] in [4], output logic [7:0] out [4]);
    logic [7:0] t [4];
    always_comb begin
        logic [7:0] swap;
        t = in;
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3 - i; j++)
                if (t[j] > t[j + 1]) begin
                    swap = t[j];
                    t[j] = t[j + 1];
                    t[j + 1] = swap;
                end
    end
    always_ff @(posedge clk) out <= t;
endmodule

module sv_array_sum #(parameter int N = 2) (input logic [7:0] v [N], output logic [7+$clog2(N):0] sum);
    always_comb begin
        sum = '0;
        foreach (v[i]) sum += v[i];
    end
endmodule
