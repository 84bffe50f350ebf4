// top: sv_const_variables
// clock: clk
// const, var, static and automatic variables, declarations with initial values in modules, nets with data types.
module sv_const_variables(input wire logic clk, input var logic [3:0] a, output var logic [3:0] y, output wire [3:0] z, output logic [7:0] n);
    const logic [3:0] K = 4'd9;
    var logic [3:0] t;
    wire logic [3:0] w = a ^ K;
    int unsigned counter = 3;
    assign z = w;
    always_comb begin
        automatic logic [3:0] mask = 4'b0110;
        t = a & mask;
        y = t | {3'b0, w[0]};
    end
    always_ff @(posedge clk) counter <= counter + 32'(a);
    assign n = 8'(counter);
endmodule
