using System.CommandLine;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed test</c>: stands in the help; the launcher runs it, since it builds the test projects.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        var filter = new Argument<string?>("FILTER") { Description = "As Category=verilator, or a part of a test's name", Arity = ArgumentArity.ZeroOrOne };
        return CommandLine.Define("test", "Run all tests and count them", (_, _, _) =>
            throw InvalidInputException.Of(CommandDiagnostics.Choice("tests are run by the launcher: ./hwseed test")), filter);
    }
}
