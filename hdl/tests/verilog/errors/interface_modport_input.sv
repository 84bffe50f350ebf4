// expect: HW2316 HW2316 HW2316 HW2316
interface bus_if;
    logic [7:0] data;
    logic valid, ready;
    modport master (output data, valid, input ready);
    modport slave (input data, valid, output ready);
endinterface
module slave(bus_if.slave bus);
    always_comb begin
        [|bus.data|][3:0] = 4'd1;
        bus.ready = 1'b1;
    end
    assign {[|bus.valid|]} = 1'b0;
endmodule
module driver(bus_if b);
    assign [|b.data|] = 8'd3;
endmodule
module pusher(bus_if.master b);
    assign b.valid = 1'b1;
endmodule
module middle(bus_if.slave bus);
    pusher p(.b([|bus|]));
endmodule
module m(output y);
    bus_if bus();
    slave s(.bus(bus));
    driver d(.b(bus.slave));
    middle n(.bus(bus));
    assign y = bus.ready;
endmodule
