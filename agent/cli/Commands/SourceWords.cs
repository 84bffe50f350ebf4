using System.CommandLine;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Cli.Commands;

/// <summary>Arguments and options of commands that read Verilog.</summary>
internal static class SourceWords
{
    public static Argument<string[]> Files() =>
        new("FILE") { Description = "Verilog or SystemVerilog sources", Arity = ArgumentArity.OneOrMore };

    public static Option<string?> Top(bool required, string description = "The top module") =>
        new("--top") { Description = description, HelpName = "T", Required = required };

    public static Option<string[]> Include() =>
        new("-I", "--include") { Description = "A folder where included files are sought; may be repeated", HelpName = "DIR" };

    public static Option<string[]> Defines() =>
        new("-D", "--define") { Description = "A macro that is defined from the start; may be repeated", HelpName = "NAME=V" };

    /// <summary>How files are read; a macro without a value is empty, as for the compilers.</summary>
    public static VerilogOptions Options(string[]? include, string[]? defines)
    {
        var macros = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var define in defines ?? [])
        {
            var (name, value) = define.IndexOf('=', StringComparison.Ordinal) is var at and >= 0 ? (define[..at], define[(at + 1)..]) : (define, "");
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$') || char.IsAsciiDigit(name[0]))
            {
                throw InvalidInputException.Of(CommandDiagnostics.Syntax($"'{define}' defines no macro; write NAME or NAME=VALUE"));
            }

            macros[name] = value;
        }

        return new() { IncludeDirectories = (include ?? []).ToEquatableArray(), Defines = macros };
    }
}
