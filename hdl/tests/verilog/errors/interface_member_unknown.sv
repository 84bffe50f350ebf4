// expect: HW2315 HW2315 HW2315 HW2315
interface bus_if;
    logic [7:0] data;
    logic valid, hidden;
    modport slave (input data, valid);
    modport broken (input data, [|vald|]);
endinterface
module child(bus_if.slave bus, output y);
    assign y = [|bus.hidden|];
    assign y = [|bus.valit|];
endmodule
module m(output y, z);
    bus_if bus();
    child c(.bus(bus), .y(y));
    assign z = [|bus.dat|];
endmodule
