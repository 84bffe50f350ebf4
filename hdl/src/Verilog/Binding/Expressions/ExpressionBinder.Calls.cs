using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Processes;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>Calls of functions, and functions that the language has.</summary>
internal sealed partial class ExpressionBinder
{
    /// <summary>A call of a function or task.</summary>
    public BoundCall Call(CallSyntax syntax, Scope scope)
    {
        if (scope.Bound.TryGetValue(syntax, out var known))
        {
            return (BoundCall)known;
        }

        var symbol = syntax.Function switch
        {
            NameSyntax n => scope.FindCalled(n.Name) ?? throw new BindingException(
                BindingDiagnostics.UnknownName("function", n.Name, scope.Nearest(n.Name), n.Origin.Span)),
            ScopedNameSyntax s => context.Declarations.Package(s.Package, s).FindExported(s.Name) ?? throw new BindingException(
                BindingDiagnostics.UnknownName("function", s.Name, context.Declarations.Package(s.Package, s).Nearest(s.Name), s.Origin.Span)),
            MemberSyntax m when Interface(m.Operand, scope) is { } view => InterfaceRoutine(view, m),
            MemberSyntax m when ScopeOf(m.Operand, scope) is { } inner => inner.FindExported(m.Name) ?? throw UnknownName(m.Name, inner, m),
            _ => throw new BindingException(BindingDiagnostics.UnsupportedExpression("a call of a method", syntax.Origin.Span)),
        };
        if (symbol is not RoutineSymbol routineSymbol)
        {
            throw new BindingException(BindingDiagnostics.WrongKind(symbol.Name, symbol.Noun, "a function", syntax.Origin.Span));
        }

        var routine = context.Declarations.Routine(routineSymbol);
        var arguments = new (Bound? Value, Target? Target)[routine.Ports.Count];
        for (var i = 0; i < syntax.Arguments.Count; i++)
        {
            var argument = syntax.Arguments[i];
            var index = argument.Name is null ? i : routine.Ports.FindIndex(p => p.Signal.Path == argument.Name);
            if (index < 0 || index >= arguments.Length)
            {
                throw new BindingException(argument.Name is null
                    ? BindingDiagnostics.WrongArguments(routine.Name, routine.Ports.Count, syntax.Arguments.Count, syntax.Origin.Span)
                    : BindingDiagnostics.UnknownName("argument", argument.Name, null, argument.Origin.Span));
            }

            var port = routine.Ports[index];
            if (argument.Value is not null)
            {
                arguments[index] = (
                    port.IsInput ? BindAssigned(argument.Value, scope, port.Signal.Type) : null,
                    port.IsOutput ? BindTarget(argument.Value, scope) : null);
            }
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            var port = routine.Ports[i];
            if (arguments[i] is (null, null))
            {
                arguments[i] = (port.Default is null
                    ? throw new BindingException(BindingDiagnostics.WrongArguments(routine.Name, routine.Ports.Count, syntax.Arguments.Count, syntax.Origin.Span))
                    : BindAssigned(port.Default, routine.Scope, port.Signal.Type), null);
            }
        }

        var call = new BoundCall(routine, arguments, syntax);
        scope.Bound[syntax] = call;
        return call;
    }

    private Bound SystemFunction(SystemCallSyntax syntax, Scope scope)
    {
        var arguments = syntax.Arguments;
        Bound First() => arguments.Count >= 1
            ? Value(arguments[0], scope)
            : throw new BindingException(BindingDiagnostics.WrongArguments(syntax.Name, 1, 0, syntax.Origin.Span));
        switch (syntax.Name)
        {
            case "$signed" or "$unsigned":
                var operand = First();
                return new BoundCast(operand, DataType.Bits(operand.Width, syntax.Name == "$signed"), syntax);
            case "$clog2":
                return First() is { Real: { } real }
                    ? Int(real <= 1 ? 0 : (int)Math.Ceiling(Math.Log2(real)), syntax)
                    : new BoundFunction(First(), DataType.Bits(32, signed: true), CeilingLog(syntax), syntax);
            case "$bits":
                return Int(Measured(arguments, scope, syntax).Width, syntax);
            case "$size" or "$high" or "$low" or "$left" or "$right" or "$increment" or "$dimensions" or "$unpacked_dimensions":
                return Int(Dimension(syntax, scope), syntax);
            case "$countones":
                return new BoundFunction(First(), DataType.Bits(32, signed: true), CountOnes, syntax);
            case "$onehot":
                return new BoundFunction(First(), DataType.Bits(1), (f, v) => OneHot(f, v, orNone: false), syntax);
            case "$onehot0":
                return new BoundFunction(First(), DataType.Bits(1), (f, v) => OneHot(f, v, orNone: true), syntax);
            case "$isunknown":
                return new BoundFunction(First(), DataType.Bits(1), (f, _) => f.False, syntax);
            case "$rtoi":
                return First() is { Real: { } r } ? Int(new BitVector(new System.Numerics.BigInteger(Math.Truncate(r)), 32), syntax) : First();
            case "$itor":
                return Real(AsReal(First()) ?? throw new BindingException(BindingDiagnostics.NotConstant(syntax.Origin.Span)), syntax);
            case "$ceil" or "$floor" or "$sqrt" or "$ln" or "$log10" or "$pow":
                return RealFunction(syntax, scope);
            case "$time" or "$stime" or "$realtime":
                context.Report(BindingDiagnostics.SimulationOnly(syntax.Name, syntax.Origin.Span));
                return new BoundConstant(BitVector.Zero(64), DataType.Bits(64), syntax);
            case "$test$plusargs" or "$value$plusargs":
                context.Report(BindingDiagnostics.SimulationOnly(syntax.Name, syntax.Origin.Span));
                return Int(0, syntax);
            default:
                throw new BindingException(BindingDiagnostics.RefusedSystemTask(syntax.Name, syntax.Origin.Span));
        }
    }

    private BoundConstant RealFunction(SystemCallSyntax syntax, Scope scope)
    {
        var values = syntax.Arguments.Select(a => AsReal(Value(a, scope)) ?? throw new BindingException(BindingDiagnostics.NotConstant(a.Origin.Span))).ToList();
        if (values.Count != (syntax.Name == "$pow" ? 2 : 1))
        {
            throw new BindingException(BindingDiagnostics.WrongArguments(syntax.Name, syntax.Name == "$pow" ? 2 : 1, values.Count, syntax.Origin.Span));
        }

        return Real(syntax.Name switch
        {
            "$ceil" => Math.Ceiling(values[0]),
            "$floor" => Math.Floor(values[0]),
            "$sqrt" => Math.Sqrt(values[0]),
            "$ln" => Math.Log(values[0]),
            "$log10" => Math.Log10(values[0]),
            _ => Math.Pow(values[0], values[1]),
        }, syntax);
    }

    private static BoundConstant Int(int value, SyntaxNode syntax) => Int(new BitVector(value, 32), syntax);

    private static BoundConstant Int(BitVector value, SyntaxNode syntax) => new(value, DataType.Bits(32, signed: true), syntax);

    private DataType Measured(EquatableArray<ExpressionSyntax> arguments, Scope scope, SyntaxNode where) => arguments.Count == 0
        ? throw new BindingException(BindingDiagnostics.WrongArguments("$bits", 1, 0, where.Origin.Span))
        : TypeNamed(arguments[0], scope) ?? Bind(arguments[0], scope).Type;

    private int Dimension(SystemCallSyntax syntax, Scope scope)
    {
        var type = Measured(syntax.Arguments, scope, syntax);
        var dimensions = new List<Bounds>();
        var unpacked = 0;
        for (var t = type; ;)
        {
            var (range, element) = t switch
            {
                UnpackedArrayType a => ((Bounds?)a.Range, a.Element),
                PackedArrayType p => (p.Range, p.Element),
                _ => (t is VectorType { Range: null } ? null : BitRange(t, syntax), (DataType?)null),
            };
            unpacked += t is UnpackedArrayType ? 1 : 0;
            if (range is { } r)
            {
                dimensions.Add(r);
            }

            if (element is null)
            {
                break;
            }

            t = element;
        }

        if (syntax.Name is "$dimensions" or "$unpacked_dimensions")
        {
            return syntax.Name == "$dimensions" ? dimensions.Count : unpacked;
        }

        var number = syntax.Arguments.Count > 1 ? Integer(syntax.Arguments[1], scope) : 1;
        if (dimensions.Count == 0 && number == 1)
        {
            dimensions.Add(new(0, 0));
        }

        if (number < 1 || number > dimensions.Count)
        {
            throw new BindingException(BindingDiagnostics.SelectOutside(syntax.Origin.Span));
        }

        var bounds = dimensions[number - 1];
        return syntax.Name switch
        {
            "$size" => bounds.Count,
            "$high" => bounds.High,
            "$low" => bounds.Low,
            "$left" => bounds.Left,
            "$right" => bounds.Right,
            _ => bounds.IsDescending ? 1 : -1,
        };
    }

    private static Func<ExpressionFactory, Expression, Expression> CeilingLog(SyntaxNode where) => (f, value) => value is Constant c
        ? f.Constant(c.Value.Unsigned <= 1 ? 0 : (int)(c.Value.Unsigned - 1).GetBitLength(), 32)
        : throw new BindingException(BindingDiagnostics.NotConstant(where.Origin.Span));

    /// <summary>The number of ones, as a tree of sums.</summary>
    private static Expression CountOnes(ExpressionFactory f, Expression value)
    {
        var width = Math.Max(1, (int)new System.Numerics.BigInteger(value.Width).GetBitLength());
        return f.Extend(Ones(0, value.Width), 32, signed: false);

        Expression Ones(int low, int count) => count == 1
            ? f.Extend(f.Slice(value, low, 1), width, signed: false)
            : f.Add(Ones(low, count / 2), Ones(low + (count / 2), count - (count / 2)));
    }

    /// <summary>A number with one bit at most shares no bit with the number before it.</summary>
    private static Expression OneHot(ExpressionFactory f, Expression value, bool orNone)
    {
        var shared = f.And(value, f.Subtract(value, f.Constant(1, value.Width)));
        var atMostOne = f.Not(f.ReduceOr(shared));
        return orNone ? atMostOne : f.And(atMostOne, f.ReduceOr(value));
    }
}
