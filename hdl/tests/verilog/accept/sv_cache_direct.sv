// top: sv_cache_direct
// clock: clk
// reset: rst
// A direct-mapped cache controller with tag structs in an array and a refill state machine.
module sv_cache_direct #(parameter int LINES = 8, parameter int AW = 10) (
    input logic clk, rst, req, input logic [AW-1:0] addr, input logic mem_ack, input logic [15:0] mem_data,
    output logic hit, ready, output logic [15:0] data, output logic mem_req, output logic [AW-1:0] mem_addr, output logic [7:0] hits
);
    localparam int IW = $clog2(LINES);
    localparam int TW = AW - IW;
    typedef struct packed {logic valid; logic [TW-1:0] tag;} tag_t;
    typedef enum logic [1:0] {LOOKUP, MISS, FILL} state_t;
    tag_t tags [LINES];
    logic [15:0] lines [LINES];
    state_t state;
    wire [IW-1:0] index = addr[IW-1:0];
    wire [TW-1:0] tag = addr[AW-1 -: TW];

    assign hit = req && state == LOOKUP && tags[index].valid && tags[index].tag == tag;
    assign ready = hit || state == FILL;
    assign data = lines[index];
    assign mem_req = state == MISS;
    always_ff @(posedge clk)
        if (rst) begin
            state <= LOOKUP;
            mem_addr <= '0;
            hits <= '0;
            for (int i = 0; i < LINES; i++) tags[i] <= '{valid: 1'b0, tag: '0};
        end else
            case (state)
                LOOKUP:
                    if (hit) hits <= hits + 1;
                    else if (req) begin
                        state <= MISS;
                        mem_addr <= addr;
                    end
                MISS:
                    if (mem_ack) begin
                        state <= FILL;
                        lines[mem_addr[IW-1:0]] <= mem_data;
                        tags[mem_addr[IW-1:0]].valid <= 1'b1;
                        tags[mem_addr[IW-1:0]].tag <= mem_addr[AW-1:IW];
                    end
                default: state <= LOOKUP;
            endcase
endmodule
