using HwSeed.Hdl;

namespace HwSeed.Toolchain;

/// <summary>Verilog files with what belongs to them, for a tool that reads them where they lie.</summary>
/// <param name="Files">Absolute paths, in order.</param>
public sealed record VerilogSources(EquatableArray<string> Files)
{
    /// <summary>Absolute paths of directories in which included files are looked for; those of the files come first.</summary>
    public EquatableArray<string> IncludeDirectories { get; init; }

    /// <summary>Macros: names and texts.</summary>
    public EquatableArray<(string Name, string Text)> Defines { get; init; }

    /// <summary>Parameters of the top module: names and values as Verilog text.</summary>
    public EquatableArray<(string Name, string Value)> Parameters { get; init; }

    /// <summary>One file with a module's text, written to a work directory.</summary>
    public static async Task<VerilogSources> WriteAsync(
        string workDirectory, string top, string text, CancellationToken cancellation = default)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.GetFullPath(workDirectory)).FullName, $"{top}.v");
        await File.WriteAllTextAsync(file, text, cancellation).ConfigureAwait(false);
        return new([file]);
    }

    /// <summary>Directories that the tool has to read, outside of its work directory.</summary>
    internal IEnumerable<string> Directories(string workDirectory) => Files.Select(f => Path.GetDirectoryName(f)!)
        .Concat(IncludeDirectories).Where(d => d != workDirectory).Distinct();

    internal IEnumerable<string> Verilator(string workDirectory) =>
    [
        .. Includes(workDirectory), .. Defines.Select(d => $"-D{d.Name}={d.Text}"), .. Parameters.Select(p => $"-G{p.Name}={p.Value}"),
        .. Names(workDirectory),
    ];

    internal IEnumerable<string> Icarus(string top, string workDirectory) =>
    [
        .. Includes(workDirectory), .. Defines.Select(d => $"-D{d.Name}={d.Text}"), .. Parameters.Select(p => $"-P{top}.{p.Name}={p.Value}"),
        .. Names(workDirectory),
    ];

    /// <summary>The files as messages shall call them: those that were written for the tool by their names alone.</summary>
    private IEnumerable<string> Names(string workDirectory) =>
        Files.Select(f => Path.GetDirectoryName(f) == workDirectory ? Path.GetFileName(f) : f);

    // The tool runs in the work directory and looks there by itself; named, that directory would stand in its messages.
    private IEnumerable<string> Includes(string workDirectory) => Directories(workDirectory).Select(d => $"-I{d}");
}
