using System.Reflection;

namespace HwSeed.Agent.Flow.Boards;

/// <summary>The sources of the drivers that are handed over, as they lie in this assembly.</summary>
internal static class HostDriverFiles
{
    public static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"HwSeed.Agent.Drivers.{name}")
            ?? throw new InvalidOperationException($"the assembly holds no {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
