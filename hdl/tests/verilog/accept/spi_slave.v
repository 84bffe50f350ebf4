// top: spi_slave
// clock: clk
// A sampled SPI slave: edge detectors from shift registers, no reset but initial values.
module spi_slave(input clk, input sck, input ssel, input mosi, output miso, output [7:0] received, output byte_done);
    reg [2:0] sck_r = 3'b000, ssel_r = 3'b111;
    reg [1:0] mosi_r = 0;
    always @(posedge clk) sck_r <= {sck_r[1:0], sck};
    always @(posedge clk) ssel_r <= {ssel_r[1:0], ssel};
    always @(posedge clk) mosi_r <= {mosi_r[0], mosi};
    wire sck_rise = (sck_r[2:1] == 2'b01);
    wire sck_fall = (sck_r[2:1] == 2'b10);
    wire active = ~ssel_r[1];
    wire start = (ssel_r[2:1] == 2'b10);

    reg [2:0] bitcnt = 0;
    reg [7:0] in = 8'd0, out = 8'hA5, count = 8'd0;
    reg got = 1'b0;
    always @(posedge clk)
        if (~active) bitcnt <= 3'b000;
        else if (sck_rise) begin
            bitcnt <= bitcnt + 3'b001;
            in <= {in[6:0], mosi_r[1]};
        end
    always @(posedge clk) got <= active && sck_rise && (bitcnt == 3'b111);
    always @(posedge clk) if (start) count <= count + 8'h1;
    always @(posedge clk)
        if (active) begin
            if (start) out <= count;
            else if (sck_fall) out <= bitcnt == 3'b000 ? 8'h00 : {out[6:0], 1'b0};
        end
    assign miso = out[7];
    assign received = in;
    assign byte_done = got;
endmodule
