// top: ram_dual_clock
// clock: clka
// clock: clkb
// True dual-port RAM with a clock each; only port A writes the low half, only B the high half.
module ram_dual_clock #(parameter DATA = 16, ADDR = 4) (
    input clka, wea, input [ADDR-2:0] addra, input [DATA-1:0] dina, output reg [DATA-1:0] douta,
    input clkb, web, input [ADDR-1:0] addrb, input [DATA-1:0] dinb, output reg [DATA-1:0] doutb
);
    reg [DATA-1:0] low [0:2**(ADDR-1)-1];
    reg [DATA-1:0] high [0:2**(ADDR-1)-1];
    always @(posedge clka) begin
        douta <= low[addra];
        if (wea) low[addra] <= dina;
    end
    always @(posedge clkb) begin
        doutb <= addrb[ADDR-1] ? high[addrb[ADDR-2:0]] : low[addrb[ADDR-2:0]];
        if (web) high[addrb[ADDR-2:0]] <= dinb;
    end
endmodule
