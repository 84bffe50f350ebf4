// expect: HW2103
[|module|] m(input a, output y);
    assign y = a;

