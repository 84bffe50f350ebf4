using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using HwSeed.Agent.Documents;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Cli.Commands;

/// <summary>Arguments and options that several commands take, and what their text means.</summary>
internal static partial class Words
{
    private const long LargestMatrix = 1L << 26;

    public static Argument<string> Architecture() =>
        new("ARCH") { Description = "An architecture.yaml, as agent/examples/os-4x4.yaml" };

    public static Option<string> Gemm(bool required) =>
        new("--gemm") { Description = "The matrix product: rows of A, length of the sums, columns of B", HelpName = "MxKxN", Required = required };

    public static Option<string?> Workload() =>
        new("--workload") { Description = "A workload.yaml, as agent/examples/small-convnet.yaml", HelpName = "FILE" };

    public static Option<ulong> Seed() =>
        new("--seed") { Description = "Decides every random choice", HelpName = "S", DefaultValueFactory = _ => 1 };

    public static Option<string> Out(string description) =>
        new("--out") { Description = description, HelpName = "DIR", Required = true };

    /// <summary>A whole number above a bound; anything else is a syntax error.</summary>
    public static Option<int> Count(string name, string help, string description, int otherwise, int least = 1)
    {
        var option = new Option<int>(name) { Description = description, HelpName = help, DefaultValueFactory = _ => otherwise };
        RequireLeast(option, least);
        return option;
    }

    /// <summary>A whole number from 1 on that may be left out.</summary>
    public static Option<int?> LeastCount(string name, string help, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = help };
        RequireLeast(option, 1);
        return option;
    }

    /// <summary>A word that chooses something to do, perhaps with a whole number from 1 on.</summary>
    public static Option<int?> OptionalCount(string name, string help, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = help, Arity = ArgumentArity.ZeroOrOne };
        RequireLeast(option, 1);
        return option;
    }

    private static void RequireLeast(Option option, int least) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var value) && value < least)
        {
            result.AddError($"{option.Name} is {value}; it must be at least {least}");
        }
    });

    /// <summary>The engine of a file; findings of the rules stand at the field that they blame.</summary>
    public static Checked<ArchitectureDocument> ReadArchitecture(string path) => ArchitectureDocument.Read(
        path, architecture => ArchitectureRules.Check(architecture).Select(v => new FieldFinding(v.Field, v.Diagnostic)));

    /// <summary>The product of a text as 64x128x384.</summary>
    public static GemmShape ParseGemm(string text)
    {
        var match = GemmForm().Match(text);
        if (!match.Success)
        {
            throw Fault("three numbers with 'x' between them are expected");
        }

        Span<int> sizes = stackalloc int[3];
        for (var i = 0; i < sizes.Length; i++)
        {
            if (!int.TryParse(match.Groups[i + 1].ValueSpan, CultureInfo.InvariantCulture, out sizes[i]) || sizes[i] < 1)
            {
                throw Fault($"{"MKN"[i]} must be from 1 to {int.MaxValue}");
            }
        }

        var shape = new GemmShape(sizes[0], sizes[1], sizes[2]);
        return Math.Max((long)shape.M * shape.K, Math.Max((long)shape.K * shape.N, (long)shape.M * shape.N)) > LargestMatrix
            ? throw Fault("a matrix has more than 2^26 elements")
            : shape;

        InvalidInputException Fault(string reason) =>
            InvalidInputException.Of(CommandDiagnostics.NotAGemm(text.Length > 40 ? text[..40] + "..." : text, reason));
    }

    /// <summary>Why a product does not run, as a diagnostic: a narrow accumulator has a code of its own.</summary>
    public static InvalidInputException DoesNotRun(ArchitectureDocument document, GemmShape shape, string reason)
    {
        var architecture = document.Architecture;
        return InvalidInputException.Of(architecture.AccumulatorBitsFor(shape.K) > architecture.AccumulatorBits
            ? document.Spans.Place("accumulator_bits", ArchitectureDiagnostics.NarrowAccumulatorFor(architecture, shape.K))
            : CommandDiagnostics.DoesNotRun(shape, architecture, reason));
    }

    [GeneratedRegex(@"^(\d+)[xX](\d+)[xX](\d+)$")]
    private static partial Regex GemmForm();
}
