using HwSeed.Brain;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.ChipRuns;

/// <summary>All wording about running the agent's model on a simulated chip (HW54xx).</summary>
public static class ChipRunDiagnostics
{
    /// <summary>What each code means.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW5401", "The engine's operands are narrower than the model's",
            "The model's weights and activations are 8-bit integers. An engine of 4-bit operands cannot take them, and nothing is cut off silently; give an architecture with operand_bits: 8."),
        new("HW5402", "The tokens do not fit the model's context",
            "Prompt and written tokens together are at most as long as the model's context. Ask for fewer tokens or give a shorter prompt."),
        new("HW5403", "There is no prompt",
            "A model of the design vocabulary is asked for a design for the default goal when no prompt is given. A model of another vocabulary needs --prompt with at least one of its words; words are separated by spaces."),
        new("HW5404", "A product of the model does not run on the engine",
            "No mapping of this product fits the engine's memories, with its operands in either place. The message gives the reason that stopped most mappings; 'hwseed map' looks at one product alone."),
    ];

    internal static Diagnostic NarrowOperands(Architecture architecture) =>
        Diagnostic.Error("HW5401", $"activations have {architecture.InputBits} bits and weights {architecture.WeightBits}; the model's operands have {ChipBackend.OperandBits}");

    internal static Diagnostic TooManyTokens(int tokens, int prompt, int context) => Diagnostic.Error(
        "HW5402",
        prompt >= context
            ? $"the prompt has {prompt} tokens and leaves no room in the model's context of {context}"
            : $"{tokens} tokens are wanted, but a prompt of {prompt} leaves {context - prompt} of the model's context of {context}");

    internal static Diagnostic EmptyPrompt() => Diagnostic.Error("HW5403", "the prompt has no words");

    internal static Diagnostic PromptNeeded(string model) => Diagnostic.Error(
        "HW5403", "the model has a vocabulary of its own: --prompt has to say what it goes on from", SourceSpan.OfFile(model));

    internal static Diagnostic DoesNotRun(ModelProduct product, GemmShape shape, Architecture architecture, string reason) =>
        Diagnostic.Error("HW5404", $"{product.Name} ({shape}) does not run on '{architecture.Name}': {reason}");
}
