// expect: HW2220 HW2220 HW2301
interface bus_if;
    logic a;
endinterface
module one(bus_if bus);
endmodule
module many(bus_if buses [4]);
endmodule
module m(output y);
    bus_if bus [3] ();
    one c0(.bus([|bus|]));
    many c1(.buses([|bus|]));
    assign y = [|bus[3]|].a;
endmodule
