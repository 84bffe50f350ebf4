// expect: HW2417 HW2417
interface bus_if;
    logic a;
    modport p (input a);
endinterface
module m(bus_if.p [|first|], bus_if [|second|], output y);
    assign y = first.a;
endmodule
