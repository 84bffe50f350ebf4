using System.Numerics;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2505: signals that a combinational process assigns on some paths and not on others.</summary>
internal static class LatchPass
{
    public static IEnumerable<Diagnostic> Check(LintModule module)
    {
        foreach (var process in module.ProcessesOf(ProcessKind.Combinational))
        {
            var counters = Counters(process);
            var paths = new AssignedPaths(module);
            paths.Run(process.Body, process.Scope);
            foreach (var symbol in module.Signals)
            {
                var write = symbol.Writes.FirstOrDefault(w => ReferenceEquals(w.Process, process));
                // A variable that counts a loop, or a number that only this process knows, is no circuit.
                if (write is not null && !counters.Contains(symbol.Name) && paths.Missing(symbol) is { } missing
                    && !(symbol.Type is KeywordTypeSyntax && symbol.Reads.All(r => ReferenceEquals(r.Process, process))))
                {
                    yield return LintDiagnostics.Latch(write.Origin, symbol.Name, missing);
                }
            }
        }
    }

    private static HashSet<string> Counters(LintProcess process) => Statements.Within(process.Body).OfType<ForSyntax>()
        .SelectMany(f => f.Initial).OfType<AssignmentSyntax>().SelectMany(a => ExpressionParts.Names(a.Target))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Which bits are assigned on every path through a process.</summary>
    private sealed class AssignedPaths(LintModule module)
    {
        private const int MostTurns = 20_000;
        private readonly Dictionary<LintSymbol, BigInteger> _ever = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<LintSymbol, string> _causes = new(ReferenceEqualityComparer.Instance);
        private Dictionary<LintSymbol, BigInteger> _always = new(ReferenceEqualityComparer.Instance);
        private int _turns;
        private bool _guesses;

        public void Run(StatementSyntax body, LintScope scope) => Visit(body, scope);

        /// <summary>When it is not assigned; null when it always is.</summary>
        public string? Missing(LintSymbol symbol) =>
            _ever.TryGetValue(symbol, out var ever) && !(ever & ~_always.GetValueOrDefault(symbol)).IsZero
                ? _causes.GetValueOrDefault(symbol, "on every path")
                : null;

        private void Visit(StatementSyntax statement, LintScope scope)
        {
            scope = module.ScopeOf(statement, scope);
            switch (statement)
            {
                case AssignmentSyntax a:
                    Assign(a.Target, scope);
                    break;
                case IncrementSyntax i:
                    Assign(i.Target, scope);
                    break;
                case BlockSyntax b:
                    foreach (var inner in b.Statements)
                    {
                        Visit(inner, scope);
                    }

                    break;
                case IfSyntax i:
                    VisitIf(i, scope);
                    break;
                case CaseSyntax c:
                    VisitCase(c, scope);
                    break;
                case ForSyntax f:
                    VisitFor(f, scope);
                    break;
                case CallStatementSyntax { Call: CallSyntax { Function: NameSyntax name } call }:
                    AssignOutputs(call, name, scope);
                    break;
                default:
                    Guess(() =>
                    {
                        foreach (var inner in Statements.Inner(statement))
                        {
                            Visit(inner, scope);
                        }
                    });
                    break;
            }
        }

        // After unique or priority the source promises that one of the chain's conditions holds.
        private void VisitIf(IfSyntax branch, LintScope scope, bool isPromised = false)
        {
            if (module.Constants.Value(branch.Condition, scope) is { } value)
            {
                var taken = value.IsZero ? branch.Else : branch.Then;
                if (taken is not null)
                {
                    Visit(taken, scope);
                }

                return;
            }

            isPromised |= branch.Qualifier is "unique" or "priority";
            var yes = Alone(() => Visit(branch.Then, scope));
            if (isPromised && branch.Else is null)
            {
                _always = yes;
                return;
            }

            var no = Alone(() =>
            {
                if (branch.Else is IfSyntax chain)
                {
                    VisitIf(chain, scope, isPromised);
                }
                else if (branch.Else is not null)
                {
                    Visit(branch.Else, scope);
                }
            });
            Merge([(yes, $"when the condition at {Place(branch.Condition)} is true"), (no, $"when the condition at {Place(branch.Condition)} is false")]);
        }

        private void VisitCase(CaseSyntax choice, LintScope scope)
        {
            var arms = choice.Items
                .Select(item => (Alone(() => Visit(item.Body, scope)), $"in the branch at {LintDiagnostics.Place(item.Origin)}")).ToList();
            if (CaseLabels.Missing(choice, module, scope) is { } missing)
            {
                arms.Add((Alone(() => { }), $"when the case at {Place(choice.Selector)} meets {missing}"));
            }

            Merge(arms);
        }

        private void VisitFor(ForSyntax loop, LintScope scope)
        {
            var counter = loop.Initial is [AssignmentSyntax { Target: NameSyntax name, Operator: "=" } a] ? (scope.Find(name.Name), a.Value)
                : loop.Initial is [DeclarationStatementSyntax { Declaration.Declarators: [{ Value: { } first } d] }] ? (scope.Find(d.Name), first)
                : ((LintSymbol?)null, null);
            if (counter is not ({ } symbol, { } start) || loop.Condition is null || loop.Steps is not [var step])
            {
                Guess(() => Visit(loop.Body, scope));
                return;
            }

            var value = module.Constants.Value(start, scope);
            while (value is not null)
            {
                module.Constants.Bind(symbol, value);
                var goes = module.Constants.Value(loop.Condition, scope);
                if (goes is null || ++_turns > MostTurns)
                {
                    value = null;
                    break;
                }

                if (goes.Value.IsZero)
                {
                    break;
                }

                Visit(loop.Body, scope);
                value = Next(step, value.Value, scope);
            }

            module.Constants.Bind(symbol, null);
            if (value is null)
            {
                Guess(() => Visit(loop.Body, scope));
            }
        }

        private BigInteger? Next(StatementSyntax step, BigInteger value, LintScope scope) => step switch
        {
            IncrementSyntax { Operator: "++" } => value + 1,
            IncrementSyntax => value - 1,
            AssignmentSyntax { Operator: "=" } a => module.Constants.Value(a.Value, scope),
            AssignmentSyntax { Operator: "+=" } a => value + module.Constants.Value(a.Value, scope),
            AssignmentSyntax { Operator: "-=" } a => value - module.Constants.Value(a.Value, scope),
            _ => null,
        };

        private void AssignOutputs(CallSyntax call, NameSyntax name, LintScope scope)
        {
            var ports = scope.Find(name.Name) is { Kind: SymbolKind.Subroutine } task ? module.SubroutinePorts(task) : [];
            for (var i = 0; i < Math.Min(ports.Count, call.Arguments.Count); i++)
            {
                if (ports[i].Direction != "input" && call.Arguments[i].Value is { } target)
                {
                    Assign(target, scope);
                }
            }
        }

        private void Assign(ExpressionSyntax target, LintScope scope)
        {
            switch (target)
            {
                case ParenthesisSyntax p:
                    Assign(p.Operand, scope);
                    return;
                case ConcatenationSyntax c:
                    foreach (var part in c.Parts)
                    {
                        Assign(part, scope);
                    }

                    return;
            }

            if (ExpressionParts.Root(target) is not { } root || scope.Find(root.Name) is not { } symbol)
            {
                return;
            }

            // Members of structures and elements of arrays are not told apart.
            var width = module.Widths.OfSymbol(symbol);
            var all = width is { } bits ? (BigInteger.One << bits) - 1 : BigInteger.One;
            var (may, must) = Extents.Of(target, symbol, module.Constants, scope) switch
            {
                WholeExtent => (all, all),
                BitsExtent b => (((BigInteger.One << b.Width) - 1) << b.Low, ((BigInteger.One << b.Width) - 1) << b.Low),
                _ => (all, _guesses || IsFixed(target, scope) || width is null || symbol.Unpacked.Count > 0 || HasMember(target) ? all : BigInteger.Zero),
            };
            _ever[symbol] = _ever.GetValueOrDefault(symbol) | may;
            _always[symbol] = _always.GetValueOrDefault(symbol) | must;
        }

        // An index that a generate loop gives is one bit, whichever that is.
        private static bool IsFixed(ExpressionSyntax target, LintScope scope) => ExpressionParts.Within(target).OfType<NameSyntax>()
            .Where(n => !ReferenceEquals(n, ExpressionParts.Root(target)))
            .All(n => scope.Find(n.Name) is { Kind: SymbolKind.Genvar or SymbolKind.Parameter or SymbolKind.LocalParameter });

        private static bool HasMember(ExpressionSyntax target) => ExpressionParts.Within(target).Any(e => e is MemberSyntax);

        // Inside of loops whose turns are not known every element counts as assigned.
        private void Guess(Action visit)
        {
            var before = _guesses;
            _guesses = true;
            visit();
            _guesses = before;
        }

        private Dictionary<LintSymbol, BigInteger> Alone(Action visit)
        {
            var before = _always;
            _always = new(before, ReferenceEqualityComparer.Instance);
            visit();
            var after = _always;
            _always = before;
            return after;
        }

        private void Merge(IReadOnlyList<(Dictionary<LintSymbol, BigInteger> Assigned, string Cause)> arms)
        {
            foreach (var symbol in arms.SelectMany(a => a.Assigned.Keys).ToHashSet<LintSymbol>(ReferenceEqualityComparer.Instance))
            {
                var most = arms.Aggregate(BigInteger.Zero, (bits, arm) => bits | arm.Assigned.GetValueOrDefault(symbol));
                var least = arms.Aggregate(most, (bits, arm) => bits & arm.Assigned.GetValueOrDefault(symbol));
                if (least != most)
                {
                    _causes.TryAdd(symbol, arms.First(a => a.Assigned.GetValueOrDefault(symbol) != most).Cause);
                }

                _always[symbol] = least;
            }
        }

        private static string Place(ExpressionSyntax expression) => LintDiagnostics.Place(expression.Origin);
    }
}
