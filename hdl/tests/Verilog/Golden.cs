using System.Runtime.CompilerServices;

namespace HwSeed.Hdl.Tests.Verilog;

/// <summary>Compares text with a file beside the test; HWSEED_UPDATE_GOLDEN=1 writes the file instead.</summary>
internal static class Golden
{
    public static void Check(string actual, string file, [CallerFilePath] string test = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(test)!, file);
        if (Environment.GetEnvironmentVariable("HWSEED_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        Assert.That(File.Exists(path), $"{file} is missing; run once with HWSEED_UPDATE_GOLDEN=1 and read what it wrote");
        Assert.That(actual, Is.EqualTo(File.ReadAllText(path)), $"{file} differs; HWSEED_UPDATE_GOLDEN=1 rewrites it");
    }
}
