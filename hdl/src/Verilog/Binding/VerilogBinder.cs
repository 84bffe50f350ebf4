using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Hierarchy;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding;

/// <summary>
/// Makes a design of Verilog: finds what names mean, unfolds parameters and generate constructs, gives every operator its
/// width and sign by IEEE 1364-2005 sections 5.4 and 5.5, and turns processes into registers, latches and memories.
/// What cannot be made is refused by name; hdl/docs/binding.md tells the rules.
/// </summary>
public static class VerilogBinder
{
    private const int StackBytes = 256 << 20;

    /// <summary>Binds files that were parsed. Codes HW22xx, HW23xx, HW24xx and HW26xx.</summary>
    public static Checked<VerilogDesign> Bind(IReadOnlyList<SourceUnitSyntax> units, BindOptions options)
    {
        var exports = new Exports();
        BindingContext context;
        VerilogDesign? design = null;
        do
        {
            exports.IsChanged = false;
            context = new(options, exports);

            // Long expressions are deep trees: they get a stack that is deep as well.
            var thread = new Thread(() => design = Run(units, context), StackBytes) { IsBackground = true };
            thread.Start();
            thread.Join();
        }
        while (exports.IsChanged);
        return context.HasErrors || design is null
            ? Checked.Fail<VerilogDesign>(context.Diagnostics)
            : Checked.Ok(design, context.Diagnostics);
    }

    private static VerilogDesign? Run(IReadOnlyList<SourceUnitSyntax> units, BindingContext context)
    {
        try
        {
            Declare(units, context);
            if (Top(context) is not { } top)
            {
                return null;
            }

            var hierarchy = new HierarchyBinder(context);
            var bound = hierarchy.Bind(top, Given(top, context), new Dictionary<string, GivenInterface>(), 0, top);
            return new(
                new(bound.Module), hierarchy.Modules.SelectMany(SignalDeclarations.Of).ToEquatableArray(),
                bound.Ports.Select(SignalDeclarations.Of).ToEquatableArray(), context.Findings.ToEquatableArray())
            {
                LeftOut = [.. units.SelectMany(u => u.LeftOut)],
            };
        }
        catch (BindingException e)
        {
            if (!context.HasErrors || BindingDiagnostics.EndsAll(e.Diagnostic))
            {
                context.Add(e.Diagnostic);
            }

            return null;
        }
        catch (InsufficientExecutionStackException)
        {
            context.Add(BindingDiagnostics.TooLarge("levels of nesting", 0, null));
            return null;
        }
    }

    private static void Declare(IReadOnlyList<SourceUnitSyntax> units, BindingContext context)
    {
        foreach (var item in units.SelectMany(u => u.Items))
        {
            try
            {
                switch (item)
                {
                    case ModuleSyntax module:
                        if (!context.Definitions.TryAdd(module.Name, module))
                        {
                            throw new BindingException(BindingDiagnostics.Duplicate(module.Name, NameSpan(module)));
                        }

                        break;
                    case PackageSyntax package:
                        Package(package, context);
                        break;
                    default:
                        Common(item, context.Unit, context);
                        break;
                }
            }
            catch (BindingException e) when (!BindingDiagnostics.EndsAll(e.Diagnostic))
            {
                context.Report(e.Diagnostic);
            }
        }
    }

    /// <summary>The name of a module where it stands in its first line.</summary>
    private static SourceSpan? NameSpan(ModuleSyntax module)
    {
        var span = module.Origin.Span;
        var from = (span?.Column ?? 0) + (module.IsInterface ? "interface" : "module").Length - 1;
        var at = span is null || from >= span.LineText.Length ? -1 : span.LineText.IndexOf(module.Name, from, StringComparison.Ordinal);
        return at < 0 ? span : span! with { Column = at + 1, Length = module.Name.Length };
    }

    private static void Package(PackageSyntax package, BindingContext context)
    {
        var scope = new Scope(package.Name, context.Unit);
        if (!context.Packages.TryAdd(package.Name, scope))
        {
            throw new BindingException(BindingDiagnostics.Duplicate(package.Name, package.Origin.Span));
        }

        foreach (var item in package.Items)
        {
            Common(item, scope, context);
        }
    }

    private static void Common(ItemSyntax item, Scope scope, BindingContext context)
    {
        try
        {
            if (!context.Declarations.TryDeclareCommon(item, scope))
            {
                throw new BindingException(BindingDiagnostics.UnsupportedItem("this item outside of a module", item.Origin.Span));
            }
        }
        catch (BindingException e) when (!BindingDiagnostics.EndsAll(e.Diagnostic))
        {
            context.Report(e.Diagnostic);
        }
    }

    private static ModuleSyntax? Top(BindingContext context)
    {
        if (context.Options.Top is { } wanted)
        {
            if (context.Definitions.TryGetValue(wanted, out var named))
            {
                return IsTop(named, context) ? named : null;
            }

            context.Report(BindingDiagnostics.UnknownTop(wanted, [.. context.Definitions.Keys.Take(20)]));
            return null;
        }

        var used = context.Definitions.Values.SelectMany(m => Instantiated(m.Items)).ToHashSet();
        var modules = context.Definitions.Values.Where(m => !m.IsInterface).ToList();
        var candidates = modules.Where(m => !used.Contains(m.Name)).ToList();
        if (candidates.Count == 1 || modules.Count == 1)
        {
            var only = candidates.FirstOrDefault() ?? modules[0];
            return IsTop(only, context) ? only : null;
        }

        context.Report(BindingDiagnostics.NoTop([.. candidates.Take(20).Select(c => c.Name)]));
        return null;
    }

    /// <summary>Whether all ports of a module are signals; else it says which are not.</summary>
    private static bool IsTop(ModuleSyntax module, BindingContext context)
    {
        if (module.IsInterface)
        {
            context.Report(BindingDiagnostics.TopIsInterface(module.Name, NameSpan(module)));
        }

        var interfaces = InterfacePort.Of(context, module);
        foreach (var port in interfaces)
        {
            context.Report(BindingDiagnostics.InterfaceAtTop(port.Name, module.Name, port.Declarator.Origin.Span));
        }

        return !module.IsInterface && interfaces.Count == 0;
    }

    private static IEnumerable<string> Instantiated(IEnumerable<ItemSyntax> items) => items.SelectMany(i => i switch
    {
        InstantiationSyntax s => [s.Module],
        GenerateRegionSyntax g => Instantiated(g.Items),
        GenerateBlockSyntax b => Instantiated(b.Items),
        GenerateForSyntax f => Instantiated(f.Body.Items),
        GenerateIfSyntax g => Instantiated(g.Then.Items).Concat(Instantiated(g.Else?.Items ?? [])),
        GenerateCaseSyntax c => c.Items.SelectMany(x => Instantiated(x.Body.Items)),
        _ => Enumerable.Empty<string>(),
    });

    /// <summary>The values of the options for the parameters of the top module.</summary>
    private static Dictionary<string, ParameterValue> Given(ModuleSyntax top, BindingContext context)
    {
        var given = new Dictionary<string, ParameterValue>();
        var names = new Parameters(context, top).Names;
        foreach (var (name, text) in context.Options.Parameters)
        {
            if (!names.Contains(name))
            {
                throw new BindingException(BindingDiagnostics.UnknownPort("parameter", top.Name, name, NameDistance.Nearest(name, names), top.Origin.Span));
            }

            var value = ParameterText(text.Trim()) ?? throw new BindingException(BindingDiagnostics.BadLiteral(text, null));
            given[name] = new(value, null, top);
        }

        return given;
    }

    private static ConstantValue? ParameterText(string text)
    {
        if (text.Length >= 2 && text[0] == '"' && text[^1] == '"')
        {
            var bits = ExpressionBinder.StringBits(text[1..^1]);
            return new(bits, DataType.Bits(bits.Width));
        }

        var isNegative = text.StartsWith('-');
        if (Literal.Parse(isNegative ? text[1..] : text) is { } literal)
        {
            return new(new(isNegative ? -literal.Value : literal.Value, literal.Width), DataType.Bits(literal.Width, literal.Signed));
        }

        return double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var real)
            ? new(ExpressionBinder.Rounded(real, 32), DataType.Bits(32, signed: true)) { Real = real }
            : null;
    }
}
