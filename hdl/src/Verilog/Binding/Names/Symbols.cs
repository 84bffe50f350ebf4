using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Hierarchy;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Names;

/// <summary>What a name stands for.</summary>
internal abstract class Symbol(string name, SyntaxNode declaration)
{
    public string Name { get; } = name;

    /// <summary>Where it was declared.</summary>
    public SyntaxNode Declaration { get; } = declaration;

    /// <summary>The word for it in messages.</summary>
    public abstract string Noun { get; }
}

/// <summary>A parameter, genvar or name of an enumeration: its value is found when first asked for.</summary>
internal sealed class ConstantSymbol(string name, SyntaxNode declaration, string noun, Func<ConstantValue> value) : Symbol(name, declaration)
{
    private Func<ConstantValue>? _find = value;
    private ConstantValue? _value;
    private bool _isBusy;

    public override string Noun => noun;

    public ConstantValue Value
    {
        get
        {
            if (_isBusy)
            {
                throw new BindingException(BindingDiagnostics.DependsOnItself(noun, Name, Declaration.Origin.Span));
            }

            if (_value is null)
            {
                _isBusy = true;
                try
                {
                    _value = _find!();
                }
                finally
                {
                    _isBusy = false;
                }

                _find = null;
            }

            return _value;
        }
    }
}

/// <summary>A constant with its type.</summary>
internal sealed record ConstantValue(BitVector Bits, DataType Type)
{
    /// <summary>The value of a constant real expression; the bits are the value rounded.</summary>
    public double? Real { get; init; }
}

/// <summary>A type parameter or typedef.</summary>
internal sealed class TypeSymbol(string name, SyntaxNode declaration, Func<DataType> type) : Symbol(name, declaration)
{
    private DataType? _type;
    private bool _isBusy;

    public override string Noun => "type";

    public DataType Type
    {
        get
        {
            if (_type is null)
            {
                if (_isBusy)
                {
                    throw new BindingException(BindingDiagnostics.DependsOnItself(Noun, Name, Declaration.Origin.Span));
                }

                _isBusy = true;
                try
                {
                    _type = type();
                }
                finally
                {
                    _isBusy = false;
                }
            }

            return _type;
        }
    }
}

/// <summary>A net, variable or port.</summary>
internal sealed class SignalSymbol(string name, SyntaxNode declaration, Func<Signal> signal) : Symbol(name, declaration)
{
    private Signal? _signal;
    private bool _isBusy;

    public override string Noun => "signal";

    public Signal Signal
    {
        get
        {
            if (_signal is null)
            {
                if (_isBusy)
                {
                    throw new BindingException(BindingDiagnostics.DependsOnItself(Noun, Name, Declaration.Origin.Span));
                }

                _isBusy = true;
                try
                {
                    _signal = signal();
                }
                finally
                {
                    _isBusy = false;
                }
            }

            return _signal;
        }
    }
}

/// <summary>A function or task, with the scope in which its own scope lies.</summary>
internal sealed class RoutineSymbol(string name, ItemSyntax declaration, Scope outer) : Symbol(name, declaration)
{
    public Scope Outer { get; } = outer;

    /// <summary>Its body bound to its own names, made on the first call.</summary>
    public Processes.Routine? Bound { get; set; }

    public override string Noun => Declaration is FunctionSyntax ? "function" : "task";
}

/// <summary>A generate block, or the blocks of a generate loop by the genvar's value.</summary>
internal sealed class BlockSymbol(string name, SyntaxNode declaration) : Symbol(name, declaration)
{
    /// <summary>The scopes by index; index 0 for a block that is not of a loop.</summary>
    public Dictionary<int, Scope> Scopes { get; } = [];

    public bool IsArray { get; init; }

    public override string Noun => "block";
}

/// <summary>An instance.</summary>
internal sealed class InstanceSymbol(string name, InstanceSyntax declaration, ModuleBody body, string path, Func<BoundModule> child) : Symbol(name, declaration)
{
    private BoundModule? _child;

    /// <summary>The module around it.</summary>
    public ModuleBody Body { get; } = body;

    /// <summary>Whether it is one of an array of instances.</summary>
    public bool IsArray { get; } = declaration.Dimensions.Count > 0;

    /// <summary>The module that it is an instance of, bound when first asked for.</summary>
    public BoundModule Child => _child ??= child();

    /// <summary>Its path in the module around it.</summary>
    public string PathOf(int? index) => index is null ? path + Name : $"{path}{Name}[{index}]";

    public override string Noun => "instance";
}
