// top: spi_master
// clock: clk
// reset: rst
// An SPI master with clock polarity and phase as parameters.
module spi_master #(
    parameter CPOL = 0,
    parameter CPHA = 1,
    parameter BITS = 8
) (
    input clk, input rst, input go, input [BITS-1:0] mosi_data, input miso,
    output reg sclk, output mosi, output reg cs_n, output reg [BITS-1:0] miso_data, output reg done
);
    reg [BITS-1:0] shifter;
    reg [$clog2(BITS+1)-1:0] left;
    reg half;

    assign mosi = shifter[BITS-1];

    always @(posedge clk) begin
        done <= 0;
        if (rst) begin
            sclk <= CPOL;
            cs_n <= 1;
            left <= 0;
            half <= 0;
            shifter <= 0;
            miso_data <= 0;
        end else if (cs_n) begin
            sclk <= CPOL;
            if (go) begin
                shifter <= mosi_data;
                left <= BITS;
                cs_n <= 0;
                half <= CPHA != 0;
            end
        end else begin
            half <= ~half;
            sclk <= ~sclk;
            if (half) begin
                shifter <= shifter << 1;
                if (left == 0) begin
                    cs_n <= 1;
                    done <= 1;
                end
            end else if (left != 0) begin
                miso_data <= {miso_data, miso};
                left <= left - 1;
            end
        end
    end
endmodule
