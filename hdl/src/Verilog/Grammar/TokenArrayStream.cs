using Antlr4.Runtime;
using Antlr4.Runtime.Misc;
using HwSeed.Hdl.Verilog.Preprocessing;

namespace HwSeed.Hdl.Verilog.Grammar;

/// <summary>Preprocessed tokens as the parser reads them; the last one is the end of the file.</summary>
internal sealed class TokenArrayStream(List<VerilogToken> tokens) : ITokenStream
{
    private readonly VerilogToken[] _tokens = [.. tokens];

    public int Index { get; private set; }

    public int Size => _tokens.Length;

    public string SourceName => _tokens[^1].Source.Path;

    public ITokenSource TokenSource => null!;

    public VerilogToken Current => _tokens[Index];

    /// <summary>The token before the current one; null at the start.</summary>
    public VerilogToken? Previous => Index > 0 ? _tokens[Index - 1] : null;

    public VerilogToken At(int index) => _tokens[Math.Clamp(index, 0, _tokens.Length - 1)];

    public void Consume() => Index = Math.Min(Index + 1, _tokens.Length - 1);

    public int LA(int i) => LT(i).Type;

    IToken ITokenStream.LT(int k) => LT(k);

    public VerilogToken LT(int k) => At(k > 0 ? Index + k - 1 : Index + k);

    public IToken Get(int i) => _tokens[i];

    public int Mark() => 0;

    public void Release(int marker)
    {
    }

    public void Seek(int index) => Index = Math.Clamp(index, 0, _tokens.Length - 1);

    public string GetText(Interval interval) => string.Concat(_tokens[interval.a..(interval.b + 1)].Select(t => t.Text));

    public string GetText() => GetText(new Interval(0, _tokens.Length - 1));

    public string GetText(RuleContext context) => GetText(context.SourceInterval);

    public string GetText(IToken start, IToken stop) => GetText(new Interval(start.TokenIndex, stop.TokenIndex));
}
