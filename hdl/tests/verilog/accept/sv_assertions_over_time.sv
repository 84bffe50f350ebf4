// top: sv_assertions_over_time
// clock: clk
// Assertions over time in the forms that people write them: they are left out.
module sv_assertions_over_time(
    input logic clk, rst_n, req,
    input logic [3:0] data,
    output logic ack, full,
    output logic [3:0] count
);
    default clocking at_clk @(posedge clk); endclocking

    property acknowledged;
        @(posedge clk) disable iff (!rst_n)
            req |=> ack; // one cycle later
    endproperty

    a_ack: assert property (acknowledged);
    assume property (@(posedge clk) !(full && req && data == 4'd15)) else $warning("unlikely");
    c_full: cover property (@(posedge clk) full);
    restrict property (@(posedge clk) data != 4'b1010);

    always_ff @(posedge clk)
        if (!rst_n) begin
            ack <= 1'b0;
            count <= '0;
        end else begin
            ack <= req;
            if (req && !full)
                count <= count + data;
        end

    assign full = count >= 4'd12;

    generate
        for (genvar i = 0; i < 2; i++) begin : g_checks
            a_bit: assert property (@(posedge clk) count[i] |-> count != 0)
                else begin
                    $display("bit %0d", i);
                    $error("impossible");
                end
        end
        if (1) assert property (@(posedge clk) ack |=> count != 0 || full);
    endgenerate
endmodule
