// expect: HW2303
interface bus_if;
    logic [3:0] a;
endinterface
module low(bus_if bus);
    assign bus.a[1:0] = 2'd1;
endmodule
module middle(bus_if bus);
    assign bus.a[2:1] = 2'd2;
endmodule
module m(output [3:0] y);
    bus_if bus();
    low l(.bus(bus));
    middle h(.bus([|bus|]));
    assign y = bus.a;
endmodule
