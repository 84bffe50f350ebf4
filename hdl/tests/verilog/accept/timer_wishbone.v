// top: timer_wishbone
// clock: wb_clk_i
// reset: wb_rst_i
// A bus slave with registers decoded by a case, read-to-clear flags, prescaler, and an interrupt.
module timer_wishbone (
    input             wb_clk_i, wb_rst_i,
    input      [3:0]  wb_adr_i,
    input      [31:0] wb_dat_i,
    output reg [31:0] wb_dat_o,
    input             wb_we_i, wb_stb_i, wb_cyc_i,
    output reg        wb_ack_o,
    output            irq
);
    parameter VERSION = 32'h0001_0002;
    reg [15:0] prescale, divider;
    reg [31:0] counter, compare;
    reg enable, irq_enable, pending, reload;

    wire access = wb_stb_i & wb_cyc_i & ~wb_ack_o;
    wire write = access & wb_we_i;
    wire tick = divider == prescale;

    always @(posedge wb_clk_i) wb_ack_o <= ~wb_rst_i & access;

    always @(posedge wb_clk_i)
        if (wb_rst_i) begin
            {enable, irq_enable, reload} <= 3'b0;
            prescale <= 16'd1;
            compare <= 32'hFFFF_FFFF;
        end else if (write)
            case (wb_adr_i[3:2])
                2'd0: {reload, irq_enable, enable} <= wb_dat_i[2:0];
                2'd1: prescale <= wb_dat_i;
                2'd2: compare <= wb_dat_i;
            endcase

    always @(posedge wb_clk_i)
        if (wb_rst_i) begin
            divider <= 0;
            counter <= 0;
            pending <= 0;
        end else begin
            if (access && !wb_we_i && wb_adr_i[3:2] == 2'd3) pending <= 1'b0;
            if (enable) begin
                divider <= tick ? 16'd0 : divider + 16'd1;
                if (tick) begin
                    counter <= counter + 32'd1;
                    if (counter >= compare) begin
                        pending <= 1'b1;
                        if (reload) counter <= 32'd0;
                        else counter <= counter;
                    end
                end
            end
        end

    always @(posedge wb_clk_i)
        case (wb_adr_i[3:2])
            2'd0: wb_dat_o <= {29'b0, reload, irq_enable, enable};
            2'd1: wb_dat_o <= {16'b0, prescale};
            2'd2: wb_dat_o <= counter;
            2'd3: wb_dat_o <= {VERSION[31:1], pending};
        endcase
    assign irq = pending & irq_enable;
endmodule
