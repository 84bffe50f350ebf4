using System.Runtime.CompilerServices;

namespace HwSeed.Hdl.Verilog.Binding;

/// <summary>What one run of the binder may spend, so that no text can take it more than seconds and a gigabyte.</summary>
internal sealed class BindingBudget
{
    /// <summary>Expression nodes of all modules.</summary>
    public const int MostNodes = 4_000_000;

    /// <summary>Statements executed by unrolling, in constant functions and in initial blocks.</summary>
    public const int MostSteps = 2_000_000;

    /// <summary>Turns of one loop.</summary>
    public const int MostTurns = 140_000;

    /// <summary>Turns of a loop whose condition is not constant.</summary>
    public const int MostGuardedTurns = 4_096;

    /// <summary>Blocks that generate loops make.</summary>
    public const int MostBlocks = 100_000;

    /// <summary>Instances of the flat design.</summary>
    public const int MostInstances = 200_000;

    /// <summary>Instances and generated blocks inside of each other.</summary>
    public const int MostDepth = 200;

    /// <summary>Calls inside of each other.</summary>
    public const int MostCalls = 256;

    /// <summary>Bits of one vector.</summary>
    public const int MostBits = 1 << 20;

    /// <summary>Bits of one array.</summary>
    public const long MostArrayBits = 1L << 28;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(8);
    private ThreadClock? _clock;
    private int _nodes;
    private int _steps;
    private int _blocks;

    /// <summary>Counts an expression node.</summary>
    public void SpendNode()
    {
        if (++_nodes > MostNodes)
        {
            throw new BindingException(BindingDiagnostics.TooLarge("expression nodes", MostNodes, null));
        }
    }

    /// <summary>Counts a generated block.</summary>
    public void SpendBlock(Syntax.SyntaxNode where)
    {
        if (++_blocks > MostBlocks)
        {
            throw new BindingException(BindingDiagnostics.TooLarge("generated blocks", MostBlocks, where.Origin.Span));
        }
    }

    /// <summary>Counts a statement.</summary>
    public void SpendStep(Syntax.SyntaxNode? where = null)
    {
        if (++_steps > MostSteps)
        {
            throw new BindingException(BindingDiagnostics.TooLarge("executed statements", MostSteps, where?.Origin.Span));
        }

        _clock ??= new();
        if ((_steps & 1023) == 0 && _clock.Elapsed > MostTime)
        {
            throw new BindingException(BindingDiagnostics.TooLarge("seconds of elaboration", (int)MostTime.TotalSeconds, where?.Origin.Span));
        }
    }

    /// <summary>Refuses source that is nested so deeply that the stack would end.</summary>
    public static void RequireStack(Syntax.SyntaxNode node)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new BindingException(BindingDiagnostics.TooLarge("levels of nesting", 0, node.Origin.Span));
        }
    }
}
