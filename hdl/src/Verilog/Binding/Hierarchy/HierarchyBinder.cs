using HwSeed.Hdl.Verilog.Binding.Assembly;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Processes;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary>Binds modules, each once for each set of values of its parameters.</summary>
internal sealed class HierarchyBinder(BindingContext context)
{
    private readonly Dictionary<(string Module, string Key), BoundModule> _bound = [];
    private readonly Dictionary<string, int> _names = [];

    /// <summary>All modules that were bound, those below first.</summary>
    public List<BoundModule> Modules { get; } = [];

    /// <summary>A module with the values that an instance gives its parameters.</summary>
    public BoundModule Bind(
        ModuleSyntax syntax, IReadOnlyDictionary<string, ParameterValue> given, IReadOnlyDictionary<string, GivenInterface> interfaces, int depth,
        SyntaxNode where)
    {
        if (depth > BindingBudget.MostDepth)
        {
            throw new BindingException(BindingDiagnostics.InstanceRecursion(syntax.Name, BindingBudget.MostDepth, where.Origin.Span));
        }

        BindingBudget.RequireStack(where);
        var parameters = new Parameters(context, syntax);
        var ports = new InterfacePorts(context, syntax, interfaces);
        var key = (syntax.Name, Declared(syntax, parameters, given, out var scope) + ports.Key);
        if (_bound.TryGetValue(key, out var known))
        {
            return known;
        }

        var name = Name(syntax.Name);
        var uses = new SignalUses();
        BoundModule module;
        ports.Declare(scope);
        var errors = context.Diagnostics.Count;
        var findings = context.Findings.Count;
        while (true)
        {
            var body = new ModuleBody(context, syntax, scope, ports, uses, this, depth);
            module = Fill(body, parameters, name, key) with { Key = key };
            if (!uses.IsChanged)
            {
                break;
            }

            // Some arrays are memories: once more, with them as such.
            uses.IsChanged = false;
            context.Forget(errors, findings);
            parameters = new(context, syntax);
            Declared(syntax, parameters, given, out scope);
            ports = new(context, syntax, interfaces);
            ports.Declare(scope);
        }

        _bound[key] = module;
        Modules.Add(module);
        return module;
    }

    private string Declared(ModuleSyntax syntax, Parameters parameters, IReadOnlyDictionary<string, ParameterValue> given, out Scope scope)
    {
        scope = new Scope(syntax.Name, context.Unit) { IsModule = true };
        foreach (var import in syntax.Imports)
        {
            context.Declarations.TryDeclareCommon(import, scope);
        }

        return parameters.Declare(scope, given);
    }

    private BoundModule Fill(ModuleBody body, Parameters parameters, string name, (string Module, string Key) key)
    {
        var ports = new BodyPorts(body);
        ports.Declare();
        new BodyDeclarations(body).Declare(parameters);
        var resolved = ports.Resolve();
        var processes = new BodyProcesses(body);
        processes.Initialise();
        var structure = new BodyInstances(body);
        foreach (var (item, scope) in body.Work)
        {
            body.Try(() =>
            {
                switch (item)
                {
                    case ContinuousAssignSyntax assign:
                        processes.Assign(assign, scope);
                        break;
                    case ProcessSyntax process:
                        processes.Process(process, scope);
                        break;
                    case InstantiationSyntax instantiation:
                        structure.Instantiate(instantiation, scope);
                        break;
                    case GateInstantiationSyntax gates:
                        new BodyGates(body).Gates(gates, scope);
                        break;
                }
            });
        }

        var exports = body.Remotes.Export(key);
        body.Remotes.Connect();
        return new ModuleAssembler(body, name, resolved, body.Interfaces.Settle(), exports).Assemble();
    }

    private string Name(string source)
    {
        var legal = Namer.Legal(source);
        var count = _names.GetValueOrDefault(legal) + 1;
        _names[legal] = count;
        if (count == 1)
        {
            return legal;
        }

        var name = $"{legal}__{count}";
        _names.TryAdd(name, 1);
        return name;
    }
}
