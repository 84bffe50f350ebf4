using Antlr4.Runtime.Misc;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Grammar;
using HwSeed.Hdl.Verilog.Preprocessing;
using HwSeed.Hdl.Verilog.Syntax;
using HwSeed.Hdl.Verilog.Trees;

namespace HwSeed.Hdl.Verilog;

/// <summary>Reads Verilog-2005 and the part of SystemVerilog that describes hardware into a syntax tree.</summary>
public static class VerilogParser
{
    /// <summary>Reads a file with all that it includes.</summary>
    public static Checked<SourceUnitSyntax> ParseFile(string path, VerilogOptions? options = null) => ParseFiles([path], options)[0];

    /// <summary>
    /// Reads files one after the other; macros and <c>`default_nettype</c> of one file hold in those behind it. Each file
    /// has its own result.
    /// </summary>
    public static IReadOnlyList<Checked<SourceUnitSyntax>> ParseFiles(IReadOnlyList<string> paths, VerilogOptions? options = null)
    {
        options ??= VerilogOptions.Default;
        Preprocessor? preprocessor = null;
        return [.. paths.Select(path =>
        {
            var diagnostics = new VerilogDiagnosticBag(options.MaxErrors);
            return SourceFile.Read(path, options, diagnostics) is { } text
                ? Parse(text, path, options, diagnostics, preprocessor ??= Defined(options, diagnostics))
                : Checked.Fail<SourceUnitSyntax>(diagnostics.Diagnostics);
        })];
    }

    /// <summary>Reads a text; its path says where included files are looked for, and stands in diagnostics.</summary>
    public static Checked<SourceUnitSyntax> ParseText(string text, string path = "text.sv", VerilogOptions? options = null)
    {
        options ??= VerilogOptions.Default;
        var diagnostics = new VerilogDiagnosticBag(options.MaxErrors);
        return SourceFile.Check(path, text, options, diagnostics) is { } good
            ? Parse(good, path, options, diagnostics, Defined(options, diagnostics))
            : Checked.Fail<SourceUnitSyntax>(diagnostics.Diagnostics);
    }

    private static Preprocessor Defined(VerilogOptions options, VerilogDiagnosticBag diagnostics)
    {
        var preprocessor = new Preprocessor(options, diagnostics);
        preprocessor.Define();
        return preprocessor;
    }

    private static Checked<SourceUnitSyntax> Parse(
        string text, string path, VerilogOptions options, VerilogDiagnosticBag diagnostics, Preprocessor preprocessor)
    {
        var preprocessed = preprocessor.Run(path, text, diagnostics);
        if (diagnostics.HasErrors)
        {
            return Checked.Fail<SourceUnitSyntax>(diagnostics.Diagnostics);
        }

        var unit = Parse(preprocessed, false, options, diagnostics);
        if (unit is not null)
        {
            return Checked.Ok(unit, diagnostics.Diagnostics);
        }

        // A file of Verilog-2005 may use words of SystemVerilog as names.
        var isOld = Path.GetExtension(path) is ".v" or ".vh" && preprocessed.Tokens.Any(IsNewWord);
        var retry = new VerilogDiagnosticBag(options.MaxErrors);
        return isOld && Parse(preprocessed, true, options, retry) is { } old
            ? Checked.Ok(old, diagnostics.Diagnostics.Where(d => d.Severity != Severity.Error).Concat(retry.Diagnostics))
            : Checked.Fail<SourceUnitSyntax>(diagnostics.Diagnostics);
    }

    private static bool IsNewWord(VerilogToken token) =>
        token.Type != VerilogGrammar.IDENTIFIER && Words.IsKeyword(token.Text) && !Words.IsOldKeyword(token.Text);

    private static SourceUnitSyntax? Parse(
        PreprocessedText text, bool oldKeywords, VerilogOptions options, VerilogDiagnosticBag diagnostics)
    {
        foreach (var token in text.Tokens)
        {
            if (token.IsWord && !token.IsEscaped)
            {
                token.Type = Words.OfWord(token.Text, oldKeywords || token.IsOldKeywordRegion);
            }
        }

        var tokens = new TokenArrayStream(text.Tokens);
        var timed = new TimedAssertions(tokens);
        var parser = new BoundedGrammar(tokens, options.MaxNesting, diagnostics)
        {
            ErrorHandler = new SyntaxErrors(tokens, diagnostics),
        };
        try
        {
            var tree = parser.sourceText();
            return diagnostics.HasErrors ? null : new TreeBuilder(text, diagnostics).Build(tree) is { } unit && !diagnostics.HasErrors ? unit : null;
        }
        catch (ParseCanceledException)
        {
            return null;
        }
        finally
        {
            timed.Unmark();
        }
    }
}
