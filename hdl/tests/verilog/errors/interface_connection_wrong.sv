// expect: HW2202 HW2220 HW2220 HW2220 HW2220 HW2315
interface bus_if;
    logic a;
    modport p (input a);
    modport q (output a);
endinterface
interface other_if;
    logic a;
endinterface
module child(bus_if.p bus);
endmodule
module typo([|bsu_if.p|] bus);
endmodule
module m(input wire w);
    bus_if bus();
    other_if other();
    typo c5(.bus(bus));
    child c0(.bus([|w|]));
    child c1(.bus([|other|]));
    child [|c2()|];
    child c3(.bus([|bus.q|]));
    child c4(.bus([|bus.r|]));
endmodule
