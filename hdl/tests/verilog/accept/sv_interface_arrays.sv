// top: sv_interface_arrays
// clock: clk
// reset: rst
// Arrays of interfaces: in generate loops, one for each instance of an array, and all of them through one port.
interface sv_interface_arrays_if (input logic clk);
    logic [7:0] data;
    logic       valid;
    modport from (output data, valid, input clk);
    modport to (input data, valid, clk);
endinterface

module sv_interface_arrays_lane #(parameter int ID = 0) (sv_interface_arrays_if.from lane, input logic rst, input logic [7:0] d);
    always_ff @(posedge lane.clk)
        if (rst) lane.data <= 8'(ID * 37);
        else lane.data <= lane.data + d;
    assign lane.valid = lane.data[ID % 8];
endmodule

module sv_interface_arrays_copy (sv_interface_arrays_if.to i, sv_interface_arrays_if.from o);
    always_ff @(posedge i.clk) o.data <= i.data ^ {8{i.valid}};
    assign o.valid = ~i.valid;
endmodule

module sv_interface_arrays_sum (sv_interface_arrays_if.to lanes [4], output logic [9:0] sum);
    logic [9:0] part [4];
    for (genvar i = 0; i < 4; i++) begin : gen_part
        assign part[i] = lanes[i].valid ? 10'(lanes[i].data) : 10'd1;
    end
    always_comb begin
        sum = '0;
        for (int i = 0; i < 4; i++) sum += part[i];
    end
endmodule

module sv_interface_arrays (input logic clk, rst, input logic [7:0] d, output logic [9:0] sum, copied, output logic [3:0] valid);
    sv_interface_arrays_if lanes [4] (.clk(clk));
    sv_interface_arrays_if copies [4] (.clk(clk));
    for (genvar i = 0; i < 4; i++) begin : gen_lane
        sv_interface_arrays_lane #(.ID(i)) lane (.lane(lanes[i]), .rst(rst), .d(d + 8'(i)));
        assign valid[i] = lanes[i].valid;
    end
    sv_interface_arrays_copy copy [4] (.i(lanes), .o(copies));
    sv_interface_arrays_sum total (.lanes(lanes), .sum(sum));
    sv_interface_arrays_sum also (.lanes(copies), .sum(copied));
endmodule
