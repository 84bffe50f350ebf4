namespace HwSeed.Hdl.Tests.Toolchain;

/// <summary>Plain Verilog for the tool tests.</summary>
internal static class Designs
{
    /// <summary>A 4x4 output-stationary multiply-accumulate array.</summary>
    public const string MacArray = """
        module mac_pe(input clock, input clear, input signed [7:0] a, input signed [7:0] b,
                      output reg signed [7:0] a_next, output reg signed [7:0] b_next, output reg signed [31:0] c);
          always @(posedge clock) begin
            a_next <= a;
            b_next <= b;
            if (clear) c <= 0; else c <= c + a * b;
          end
        endmodule
        module mac_array(input clock, input clear, input [31:0] a, input [31:0] b, output [511:0] c);
          wire [7:0] across [0:19];
          wire [7:0] down [0:19];
          genvar i, j;
          generate
            for (i = 0; i < 4; i = i + 1) begin : row
              assign across[i * 5] = a[i * 8 +: 8];
              assign down[i] = b[i * 8 +: 8];
              for (j = 0; j < 4; j = j + 1) begin : column
                mac_pe pe(clock, clear, across[i * 5 + j], down[i * 4 + j], across[i * 5 + j + 1],
                          down[(i + 1) * 4 + j], c[(i * 4 + j) * 32 +: 32]);
              end
            end
          endgenerate
        endmodule
        """;
}
