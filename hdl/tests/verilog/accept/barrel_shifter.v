// top: barrel_shifter
// A barrel rotator in stages by a generate loop over an unpacked array of wires.
module barrel_shifter #(parameter LOG = 5) (
    input [(1<<LOG)-1:0] in, input [LOG-1:0] by, input left, output [(1<<LOG)-1:0] out
);
    localparam W = 1 << LOG;
    wire [W-1:0] stage [0:LOG];
    assign stage[0] = in;
    genvar s;
    generate
        for (s = 0; s < LOG; s = s + 1) begin : stages
            localparam K = 1 << s;
            assign stage[s+1] = !by[s] ? stage[s]
                : left ? {stage[s][W-K-1:0], stage[s][W-1:W-K]}
                : {stage[s][K-1:0], stage[s][W-1:K]};
        end
    endgenerate
    assign out = stage[LOG];
endmodule
