// top: sv_always_comb_functions
// always_comb that reads signals only through a function; variable declared with initial value in a block.
module sv_always_comb_functions(input logic [7:0] a, b, input logic s, output logic [7:0] y, z, output logic [3:0] k);
    function automatic logic [7:0] pick();
        return s ? a : b;
    endfunction
    always_comb y = pick() + 8'd1;
    always_comb begin
        automatic logic [7:0] t = a ^ b;
        automatic int n = 0;
        foreach (t[i]) n += int'(t[i]);
        z = t;
        k = 4'(n);
    end
endmodule
