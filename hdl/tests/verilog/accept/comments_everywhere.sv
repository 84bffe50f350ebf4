// top: comments_everywhere
/* clock: none */
// Comments of both kinds between all tokens, // nested /* ones */, empty statements, odd white space and form feeds.
module/**/comments_everywhere/* a */(/* b */input/**/[3:0]a/**/,// c
output[3:0]y/**/)/**/;;
	assign	y	=
// a line
a	/* /* not nested */ +//
'd1/**/;
wire [3:0] unused;;
assign unused=a;
endmodule/* d */// e
;
