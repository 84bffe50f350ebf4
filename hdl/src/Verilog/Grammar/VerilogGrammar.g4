// Verilog-2005 and the synthesizable part of SystemVerilog, after preprocessing.
//
// Every decision is LL(1), so that the generated parser never runs the prediction engine: what a name means (type,
// instance, target) and how operators bind is settled by the tree builder. The one exception is 'else', which belongs
// to the nearest if. A test holds this. Constructs outside of the subset are no rules here: their keywords share the
// token REFUSED, which the error strategy refuses by name.
parser grammar VerilogGrammar;

options {
    tokenVocab = VerilogTokens;
}

sourceText : items EOF ;

items : item* ;

item : attribute* itemBody ;

itemBody
    : moduleDeclaration
    | interfaceDeclaration
    | packageDeclaration
    | modportItem
    | importItem
    | parameterItem
    | typedefItem
    | netItem
    | variableItem
    | genvarItem
    | portItem
    | assignItem
    | processItem
    | gateItem
    | functionItem
    | taskItem
    | generateRegion
    | generateBlock
    | generateFor
    | generateIf
    | generateCase
    | systemTask
    | defparamItem
    | timeUnitItem
    | identifierItem
    | timedAssertion
    | timedDeclaration
    | emptyItem
    ;

emptyItem : ';' ;

attribute : '(*' attributeValue (',' attributeValue)* '*)' ;

attributeValue : IDENTIFIER ('=' expression)? ;

// Modules, interfaces and packages

moduleDeclaration : ('module' | 'macromodule') moduleHead items 'endmodule' endLabel? ;

interfaceDeclaration : 'interface' moduleHead items 'endinterface' endLabel? ;

moduleHead : lifetime? IDENTIFIER importItem* headerParameters? portList? ';' ;

modportItem : 'modport' modport (',' modport)* ';' ;

modport : IDENTIFIER '(' modportTerm (',' modportTerm)* ')' ;

// A term without a word in front goes on with that of the term before it.
modportTerm : attribute* (portDirection | 'import')? (IDENTIFIER | '.' IDENTIFIER '(' expression? ')') ;

packageDeclaration : packageHead items 'endpackage' endLabel? ;

packageHead : 'package' lifetime? IDENTIFIER ';' ;

lifetime : 'automatic' | 'static' ;

endLabel : ':' IDENTIFIER ;

importItem : 'import' importTerm (',' importTerm)* ';' ;

importTerm : IDENTIFIER '::' (IDENTIFIER | '*') ;

headerParameters : '#' '(' (headerParameter (',' headerParameter)*)? ')' ;

headerParameter : ('parameter' | 'localparam')? ('type' typeAssignment | typedDeclarator) ;

typeAssignment : IDENTIFIER ('=' dataType)? ;

portList : '(' port (',' port)* ')' ;

port
    : attribute*
      ('.' IDENTIFIER '(' expression? ')' | concatenation | interfacePort | direction? (netType | 'var')? typedDeclarator)?
    ;

// A port of any interface.
interfacePort : 'interface' ('.' IDENTIFIER)? declarator ;

direction : 'input' | 'output' | 'inout' | 'ref' | 'const' 'ref' ;

netType
    : 'wire' | 'tri' | 'wand' | 'wor' | 'tri0' | 'tri1' | 'triand' | 'trior' | 'supply0' | 'supply1' | 'uwire'
    ;

// Declarations

parameterItem
    : ('parameter' | 'localparam')
      ('type' typeAssignment (',' typeAssignment)* | typedDeclarator (',' declarator)*) ';'
    ;

typedefItem : 'typedef' dataType IDENTIFIER dimension* ';' ;

netItem : netType typedDeclarator (',' declarator)* ';' ;

variableItem
    : (modifier+ typedDeclarator | keywordType declarator | typeOf declarator) (',' declarator)* ';'
    ;

modifier : 'const' | 'var' | 'static' | 'automatic' ;

genvarItem : 'genvar' IDENTIFIER (',' IDENTIFIER)* ';' ;

portItem : portDirection (netType | 'var')? typedDeclarator (',' declarator)* ';' ;

portDirection : 'input' | 'output' | 'inout' | 'ref' ;

// A name with what may stand before it. In the last case the first name is a type when another name follows; a name
// with a dot is an interface with its modport, in the header of a module.
typedDeclarator
    : keywordType delay? declarator
    | signing dimension* delay? declarator
    | dimension+ delay? declarator
    | delay declarator
    | scopedName dimension* (delay? declarator | '=' expression | '.' IDENTIFIER declarator)?
    ;

declarator : IDENTIFIER dimension* ('=' expression)? ;

dimension : '[' expression (':' expression)? ']' ;

signing : 'signed' | 'unsigned' ;

scopedName : (IDENTIFIER | '$unit') ('::' IDENTIFIER)? ;

dataType : keywordType | typeOf | scopedName dimension* ;

keywordType
    : vectorKeyword signing? dimension*
    | atomKeyword signing?
    | 'enum' enumBase? '{' enumMember (',' enumMember)* '}' dimension*
    | ('struct' | 'union') ('packed' signing?)? '{' structMember+ '}' dimension*
    ;

enumBase : vectorKeyword signing? dimension* | atomKeyword signing? | signing dimension* | dimension+ | scopedName dimension* ;

vectorKeyword : 'logic' | 'reg' | 'bit' ;

atomKeyword
    : 'int' | 'integer' | 'byte' | 'shortint' | 'longint' | 'time' | 'string' | 'real' | 'realtime' | 'shortreal'
    | 'event' | 'chandle'
    ;

enumMember : IDENTIFIER dimension? ('=' expression)? ;

structMember : attribute* dataType declarator (',' declarator)* ';' ;

typeOf : 'type' '(' expression ')' ;

// Other items

assignItem : 'assign' delay? netAssignment (',' netAssignment)* ';' ;

netAssignment : anyTarget '=' expression ;

processItem : ('always' | 'always_comb' | 'always_ff' | 'always_latch' | 'initial' | 'final') statement ;

gateItem : gateKeyword delay? gate (',' gate)* ';' ;

gateKeyword
    : 'and' | 'nand' | 'or' | 'nor' | 'xor' | 'xnor' | 'buf' | 'not' | 'bufif0' | 'bufif1' | 'notif0' | 'notif1'
    | 'pullup' | 'pulldown'
    ;

gate : (IDENTIFIER dimension*)? '(' expression (',' expression)* ')' ;

functionItem : functionHead statements 'endfunction' endLabel? ;

functionHead : 'function' lifetime? functionName portList? ';' ;

functionName
    : ('void' | keywordType) IDENTIFIER
    | signing dimension* IDENTIFIER
    | dimension+ IDENTIFIER
    | scopedName dimension* IDENTIFIER?
    ;

taskItem : taskHead statements 'endtask' endLabel? ;

taskHead : 'task' lifetime? IDENTIFIER portList? ';' ;

generateRegion : 'generate' items 'endgenerate' ;

generateBlock : 'begin' endLabel? items 'end' endLabel? ;

generateFor : 'for' generateLoop item ;

generateLoop : '(' 'genvar'? IDENTIFIER '=' expression ';' expression ';' loopStep ')' ;

generateIf : 'if' condition item generateElse ;

generateElse : ('else' item)? ;

generateCase : 'case' condition generateCaseItem* 'endcase' ;

generateCaseItem : ('default' ':'? | expression (',' expression)* ':') item ;

defparamItem : 'defparam' netAssignment (',' netAssignment)* ';' ;

timeUnitItem : ('timeunit' | 'timeprecision') REAL_NUMBER ('/' REAL_NUMBER)? ';' ;

// A declaration with a type of the user, or instances of a module, or a label.
identifierItem
    : scopedName (':' timedAssertion | parameterValues? dimension* instance (',' instance)* ';')
    ;

parameterValues : '#' (connections | NUMBER | REAL_NUMBER | IDENTIFIER) ;

instance : IDENTIFIER dimension* (connections | '=' expression)? ;

connections : '(' connection (',' connection)* ')' ;

connection : attribute* ('.' IDENTIFIER ('(' expression? ')')? | '.*' | expression)? ;

// Statements

statements : statement* ;

statement : attribute* statementBody ;

statementBody
    : block
    | fork
    | qualifiedStatement
    | forStatement
    | foreachStatement
    | whileStatement
    | doStatement
    | repeatStatement
    | foreverStatement
    | timedStatement
    | waitStatement
    | triggerStatement
    | proceduralAssign
    | disableStatement
    | returnStatement
    | jumpStatement
    | assertion
    | timedAssertion
    | systemTask
    | voidCall
    | prefixIncrement
    | concatenationAssignment
    | nameStatement
    | variableItem
    | parameterItem
    | typedefItem
    | importItem
    | portItem
    | nullStatement
    ;

nullStatement : ';' ;

block : 'begin' endLabel? statements 'end' endLabel? ;

fork : 'fork' endLabel? statements ('join' | 'join_any' | 'join_none') endLabel? ;

qualifiedStatement : ('unique' | 'unique0' | 'priority')? (ifStatement | caseStatement) ;

ifStatement : 'if' condition statement elsePart ;

elsePart : ('else' statement)? ;

caseStatement : ('case' | 'casez' | 'casex') condition 'inside'? caseItem* 'endcase' ;

caseItem : ('default' ':'? | valueRange (',' valueRange)* ':') statement ;

forStatement : 'for' forLoop statement ;

forLoop : '(' forInitial? ';' expression? ';' (loopStep (',' loopStep)*)? ')' ;

condition : '(' expression ')' ;

forInitial
    : 'var'? keywordType declarator (',' keywordType? declarator)*
    | forNameInitial (',' forNameInitial)*
    ;

forNameInitial : target (assignOperator expression | declarator) ;

loopStep : target (assignOperator expression | incrementOperator) | incrementOperator target ;

foreachStatement : 'foreach' '(' IDENTIFIER ('.' IDENTIFIER)* '[' foreachName (',' foreachName)* ']' ')' statement ;

foreachName : IDENTIFIER? ;

whileStatement : 'while' condition statement ;

doStatement : 'do' statement 'while' condition ';' ;

repeatStatement : 'repeat' condition statement ;

foreverStatement : 'forever' statement ;

timedStatement : timing statement ;

waitStatement : 'wait' condition statement ;

triggerStatement : '->' target ';' ;

proceduralAssign : ('assign' | 'force') anyTarget '=' expression ';' | ('deassign' | 'release') anyTarget ';' ;

disableStatement : 'disable' IDENTIFIER ('.' IDENTIFIER)* ';' ;

returnStatement : 'return' expression? ';' ;

jumpStatement : ('break' | 'continue') ';' ;

assertion : ('assert' | 'assume' | 'cover') ('#' NUMBER | 'final')? condition ('else' statement | statement elsePart) ;

// Assertions over time: before parsing, 'assert property' becomes the first token, what stands in its parentheses the
// parts; a property, sequence or clocking with all up to its end is one declaration.
timedAssertion : TIMED_ASSERTION TIMED_PART* ('else' statement | statement elsePart) ;

timedDeclaration : TIMED_DECLARATION TIMED_PART* ;

systemTask : SYSTEM arguments? ';' ;

voidCall : 'void' '\'' '(' expression ')' ';' ;

prefixIncrement : incrementOperator target ';' ;

concatenationAssignment : (concatenation | pattern) assignTail ';' ;

nameStatement
    : target (':' statement | (assignTail | incrementOperator | declarator (',' declarator)*)? ';')
    ;

assignTail : assignOperator timing? expression ;

assignOperator
    : '=' | '<=' | '+=' | '-=' | '*=' | '/=' | '%=' | '&=' | '|=' | '^=' | '<<=' | '>>=' | '<<<=' | '>>>='
    ;

incrementOperator : '++' | '--' ;

// Timing

timing : delay | eventControl ;

delay : '#' (NUMBER | REAL_NUMBER | scopedName | '(' delayValue (',' delayValue)* ')') ;

delayValue : expression (':' expression ':' expression)? ;

eventControl
    : '@' ('*' | IDENTIFIER ('.' IDENTIFIER)* | '(' ('*' | eventTerm ((',' | 'or') eventTerm)*) ')')
    ;

eventTerm : ('posedge' | 'negedge' | 'edge')? expression ('iff' expression)? ;

// Expressions

// a ? b : c ? d : e as one flat list; the operand between ? and : is an expression of its own.
expression : binary ('?' attribute* expression ':' binary)* ;

// Operands and operators as one flat list; the tree builder knows the precedences.
binary : operand (binaryOperator attribute* operand | 'inside' '{' valueRange (',' valueRange)* '}')* ;

binaryOperator
    : '+' | '-' | '*' | '/' | '%' | '**' | '==' | '!=' | '===' | '!==' | '==?' | '!=?' | '<' | '<=' | '>' | '>='
    | '&&' | '||' | '&' | '|' | '^' | '~^' | '^~' | '<<' | '>>' | '<<<' | '>>>' | '->' | '<->'
    ;

operand : (unaryOperator attribute*)* primary suffix* ;

unaryOperator
    : '+' | '-' | '!' | '~' | '&' | '~&' | '|' | '~|' | '^' | '~^' | '^~'
    ;

primary
    : NUMBER BASED_NUMBER?
    | BASED_NUMBER
    | REAL_NUMBER
    | FILL
    | STRING_LITERAL
    | scopedName
    | parenthesis
    | concatenation
    | pattern
    | SYSTEM
    | vectorKeyword signing?
    | atomKeyword signing?
    | signing
    | typeOf
    ;

parenthesis : '(' expression (':' expression ':' expression)? ')' ;

suffix
    : '[' expression ((':' | '+:' | '-:') expression)? ']'
    | '.' IDENTIFIER
    | arguments
    | '\'' '(' expression ')'
    | pattern
    ;

arguments : '(' argument (',' argument)* ')' ;

argument : ('.' IDENTIFIER '(' expression? ')' | expression)? ;

concatenation : '{' (stream | expression (innerList | (',' expression)*)) '}' ;

stream : ('<<' | '>>') (NUMBER | scopedName | vectorKeyword | atomKeyword)? innerList ;

innerList : '{' expression (',' expression)* '}' ;

pattern : '\'{' patternItem (innerList | (',' patternItem)*) '}' ;

patternItem : 'default' ':' expression | expression (':' expression)? ;

valueRange : expression | '[' bound ':' bound ']' ;

bound : expression | '$' ;

// What is assigned: a name with selects, or a concatenation.
target : scopedName suffix* ;

anyTarget : target | concatenation ;
