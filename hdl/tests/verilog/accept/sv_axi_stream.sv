// top: sv_axi_stream
// clock: aclk
// reset: aresetn low
// A skid buffer and a stream widener with keep bits: handshakes, packed arrays, generate conditions on parameters.
module sv_axi_stream #(parameter int W = 8) (
    input  logic aclk, aresetn,
    input  logic [W-1:0] s_tdata, input logic s_tvalid, s_tlast, output logic s_tready,
    output logic [4*W-1:0] m_tdata, output logic [3:0] m_tkeep, output logic m_tvalid, m_tlast, input logic m_tready
);
    logic [W-1:0] d;
    logic v, l, r;
    sv_axi_skid #(.W(W + 1)) u_skid (.clk(aclk), .rst_n(aresetn), .s_data({s_tlast, s_tdata}), .s_valid(s_tvalid), .s_ready(s_tready),
        .m_data({l, d}), .m_valid(v), .m_ready(r));

    logic [3:0][W-1:0] lanes;
    logic [3:0] keep;
    logic [1:0] at;
    logic full;
    assign r = !full || m_tready;
    assign {m_tdata, m_tkeep, m_tvalid} = {lanes, keep, full};
    always_ff @(posedge aclk or negedge aresetn)
        if (!aresetn) begin
            lanes <= '0;
            keep <= '0;
            at <= '0;
            full <= 1'b0;
            m_tlast <= 1'b0;
        end else begin
            if (full && m_tready) begin
                full <= 1'b0;
                keep <= '0;
            end
            if (v && r) begin
                lanes[at] <= d;
                keep[at] <= 1'b1;
                at <= at + 2'd1;
                m_tlast <= l;
                if (l || &at) begin
                    full <= 1'b1;
                    at <= '0;
                end
            end
        end
endmodule

module sv_axi_skid #(parameter int W = 8) (
    input logic clk, rst_n,
    input logic [W-1:0] s_data, input logic s_valid, output logic s_ready,
    output logic [W-1:0] m_data, output logic m_valid, input logic m_ready
);
    logic [W-1:0] spare;
    logic spare_valid;
    assign s_ready = !spare_valid;
    always_ff @(posedge clk or negedge rst_n)
        if (!rst_n) {m_valid, spare_valid, m_data, spare} <= '0;
        else if (m_ready || !m_valid) begin
            m_valid <= spare_valid | s_valid;
            m_data <= spare_valid ? spare : s_data;
            spare_valid <= 1'b0;
        end else if (s_valid && s_ready) begin
            spare <= s_data;
            spare_valid <= 1'b1;
        end
endmodule
