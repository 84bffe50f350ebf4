// top: sv_axi_lite_slave
// clock: clk
// reset: rst_n low
// A register block on AXI-Lite: write strobes in a loop, decode by case inside, response channels.
module sv_axi_lite_slave (
    input  logic clk, rst_n,
    input  logic [5:0] awaddr, input logic awvalid, output logic awready,
    input  logic [31:0] wdata, input logic [3:0] wstrb, input logic wvalid, output logic wready,
    output logic [1:0] bresp, output logic bvalid, input logic bready,
    input  logic [5:0] araddr, input logic arvalid, output logic arready,
    output logic [31:0] rdata, output logic [1:0] rresp, output logic rvalid, input logic rready,
    input  logic [7:0] status, output logic irq
);
    localparam logic [1:0] OKAY = 2'b00, SLVERR = 2'b10;
    logic [31:0] regs [4];
    logic [31:0] cycles;
    wire write = awvalid && wvalid && awready;
    assign awready = wvalid && awvalid && (!bvalid || bready);
    assign wready = awready;
    assign arready = !rvalid || rready;
    assign irq = |(regs[0][7:0] & status);

    always_ff @(posedge clk or negedge rst_n) begin
        if (!rst_n) begin
            for (int i = 0; i < 4; i++) regs[i] <= 32'(i) << 4;
            bvalid <= 1'b0;
            bresp <= OKAY;
        end else begin
            if (bready) bvalid <= 1'b0;
            if (write) begin
                bvalid <= 1'b1;
                bresp <= awaddr < 6'd16 ? OKAY : SLVERR;
                if (awaddr[5:4] == 2'd0)
                    for (int b = 0; b < 4; b++)
                        if (wstrb[b]) regs[awaddr[3:2]][8*b +: 8] <= wdata[8*b +: 8];
            end
        end
    end

    always_ff @(posedge clk or negedge rst_n)
        if (!rst_n) {rvalid, rdata, rresp, cycles} <= '0;
        else begin
            cycles <= cycles + 1;
            if (rready) rvalid <= 1'b0;
            if (arvalid && arready) begin
                rvalid <= 1'b1;
                rresp <= OKAY;
                case (araddr) inside
                    [6'd0:6'd15]: rdata <= regs[araddr[3:2]];
                    6'h10: rdata <= {24'd0, status};
                    6'h14: rdata <= cycles;
                    6'b11????: rdata <= 32'hDEAD_BEEF;
                    default: begin
                        rdata <= '0;
                        rresp <= SLVERR;
                    end
                endcase
            end
        end
endmodule
