namespace HwSeed.Agent.Tests.Training;

/// <summary>The model file of the repository.</summary>
internal static class SeedModel
{
    public static string Path { get; } =
        Room.Path("brain", "models", "seed.gguf");
}
