// expect: HW2206
interface [|m|];
    logic a;
endinterface
