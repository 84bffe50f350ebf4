// top: uart_loopback
// clock: clk
// reset: rst
// A transmitter and a receiver joined: two instances with parameters by name, words that come out are counted.
module uart_loopback(input clk, rst, input [7:0] data, input send, output busy, output [7:0] got, output reg [7:0] received, output valid, output line);
    uart_loopback_tx #(.DIV(4)) tx (.clk(clk), .rst(rst), .data(data), .send(send), .line(line), .busy(busy));
    uart_loopback_rx #(.DIV(4)) rx (.clk(clk), .rst(rst), .line(line), .data(got), .valid(valid));
    always @(posedge clk)
        if (rst) received <= 0;
        else if (valid) received <= received + 1;
endmodule

module uart_loopback_tx #(parameter DIV = 8) (input clk, rst, input [7:0] data, input send, output line, output busy);
    reg [9:0] frame;
    reg [3:0] left;
    reg [$clog2(DIV)-1:0] t;
    assign busy = |left;
    assign line = busy ? frame[0] : 1'b1;
    always @(posedge clk)
        if (rst) begin frame <= 10'h3ff; left <= 0; t <= 0; end
        else if (!busy) begin
            if (send) begin frame <= {1'b1, data, 1'b0}; left <= 10; t <= 0; end
        end else if (t == DIV - 1) begin
            t <= 0;
            frame <= {1'b1, frame[9:1]};
            left <= left - 1;
        end else t <= t + 1;
endmodule

module uart_loopback_rx #(parameter DIV = 8) (input clk, rst, line, output reg [7:0] data, output reg valid);
    reg [3:0] n;
    reg [$clog2(DIV)-1:0] t;
    reg active;
    always @(posedge clk) begin
        valid <= 0;
        if (rst) begin active <= 0; n <= 0; t <= 0; data <= 0; end
        else if (!active) begin
            if (!line) begin active <= 1; n <= 0; t <= DIV / 2 + 1; end
        end else if (t == DIV - 1) begin
            t <= 0;
            n <= n + 1;
            if (n >= 1 && n <= 8) data <= {line, data[7:1]};
            if (n == 9) begin active <= 0; valid <= line; end
        end else t <= t + 1;
    end
endmodule
