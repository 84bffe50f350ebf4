namespace HwSeed.Agent.Tests.Training;

/// <summary>The model file of the repository.</summary>
internal static class SeedModel
{
    public static string Path { get; } =
        System.IO.Path.GetFullPath(System.IO.Path.Combine(Room.Path("x"), "..", "..", "brain", "models", "seed.gguf"));
}
