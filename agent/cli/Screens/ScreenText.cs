using System.Text;

namespace HwSeed.Cli.Screens;

/// <summary>A writer to the screen, for what a script prints; control characters do not reach the terminal.</summary>
internal sealed class ScreenText(Screen screen) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => screen.Text(char.IsControl(value) && value != '\n' ? "?" : value.ToString());

    public override void Write(string? value) => screen.Text(string.Concat((value ?? "").ReplaceLineEndings("\n").Select(c => char.IsControl(c) && c != '\n' ? '?' : c)));

    public override void WriteLine(string? value) => Write(value + "\n");
}
