using System.Numerics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>All files of one check: their modules, interfaces and packages by name, and the modules resolved.</summary>
internal sealed class LintSources
{
    private readonly Dictionary<string, ModuleSyntax> _modules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LintScope> _packages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, BigInteger>> _parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LintModule> _resolved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<LintPort>> _ports = new(StringComparer.Ordinal);

    public LintSources(IReadOnlyList<SourceUnitSyntax> units)
    {
        Unit = new("$unit", null);
        var declarer = new ModuleDeclarations(this, [], (_, _) => { });
        foreach (var item in units.SelectMany(u => u.Items))
        {
            switch (item)
            {
                case ModuleSyntax module:
                    _modules.TryAdd(module.Name, module);
                    break;
                case PackageSyntax package:
                    var scope = new LintScope(package.Name, Unit);
                    _packages.TryAdd(package.Name, scope);
                    declarer.Declare(package.Items, scope);
                    break;
                default:
                    declarer.Declare([item], Unit);
                    break;
            }
        }

        // Parents first, so that a module is looked at with the parameters of its first instance.
        foreach (var module in TopDown())
        {
            _resolved[module.Name] = ModuleReader.Read(module, this, _parameters.GetValueOrDefault(module.Name, []));
        }
    }

    /// <summary>The scope of declarations outside of modules.</summary>
    public LintScope Unit { get; }

    /// <summary>The modules, those that instantiate others before them; interfaces mean something only where they are used.</summary>
    public IEnumerable<LintModule> Modules => _resolved.Values.Where(m => !m.Syntax.IsInterface);

    /// <summary>Names that some hierarchical name ends with: they may be used from elsewhere.</summary>
    public HashSet<string> UsedFromOutside { get; } = new(StringComparer.Ordinal);

    public LintScope? Package(string name) => name == "$unit" ? Unit : _packages.GetValueOrDefault(name);

    public ModuleSyntax? Module(string name) => _modules.GetValueOrDefault(name);

    /// <summary>Whether a port is an interface.</summary>
    public bool IsInterface(PortDeclarationSyntax port) => port.Type is InterfaceTypeSyntax
        || (port is { Direction: null, NetType: null, Type: NamedTypeSyntax { Package: null } type } && Module(type.Name) is { IsInterface: true });

    /// <summary>Names of the modules that no other instantiates, in the order of the sources, and one of each circle of modules.</summary>
    public IReadOnlyList<string> Roots()
    {
        var inner = _modules.Values.Where(m => !m.IsInterface).ToDictionary(m => m.Name, m => Instantiated(m.Items).Where(n => Module(n) is { IsInterface: false }).ToHashSet(StringComparer.Ordinal));
        var used = inner.Values.SelectMany(n => n).ToHashSet(StringComparer.Ordinal);
        var roots = inner.Keys.Where(n => !used.Contains(n)).ToList();
        var (reached, open) = (new HashSet<string>(StringComparer.Ordinal), new Stack<string>());
        roots.ForEach(Reach);
        foreach (var name in inner.Keys.Where(n => !reached.Contains(n)))
        {
            roots.Add(name);
            Reach(name);
        }

        return roots;

        void Reach(string root)
        {
            open.Push(root);
            while (open.TryPop(out var name))
            {
                if (reached.Add(name))
                {
                    foreach (var module in inner[name])
                    {
                        open.Push(module);
                    }
                }
            }
        }
    }

    public LintModule? Resolved(string name) => _resolved.GetValueOrDefault(name);

    public IReadOnlyList<LintPort> PortsOf(ModuleSyntax module) =>
        _ports.TryGetValue(module.Name, out var ports) ? ports : _ports[module.Name] = ModulePorts.Of(module, IsInterface);

    /// <summary>Notes the parameters that the first instance of a module gets.</summary>
    public void AddParameters(ModuleSyntax module, Dictionary<string, BigInteger> values) => _parameters.TryAdd(module.Name, values);

    private List<ModuleSyntax> TopDown()
    {
        var used = _modules.Values.ToDictionary(m => m.Name, m => Instantiated(m.Items).ToHashSet(StringComparer.Ordinal));
        var done = new HashSet<string>(StringComparer.Ordinal);
        var children = new List<ModuleSyntax>();
        foreach (var module in _modules.Values)
        {
            Visit(module);
        }

        children.Reverse();
        return children;

        void Visit(ModuleSyntax module)
        {
            if (!done.Add(module.Name))
            {
                return;
            }

            foreach (var name in used[module.Name])
            {
                if (_modules.TryGetValue(name, out var child))
                {
                    Visit(child);
                }
            }

            children.Add(module);
        }
    }

    private static IEnumerable<string> Instantiated(IEnumerable<ItemSyntax> items) => items.SelectMany(item => item switch
    {
        InstantiationSyntax i => [i.Module],
        GenerateBlockSyntax g => Instantiated(g.Items),
        GenerateForSyntax g => Instantiated([g.Body]),
        GenerateIfSyntax g => Instantiated(g.Else is null ? [g.Then] : [g.Then, g.Else]),
        GenerateCaseSyntax g => Instantiated(g.Items.Select(i => i.Body)),
        GenerateRegionSyntax g => Instantiated(g.Items),
        _ => [],
    });
}
