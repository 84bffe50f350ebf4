using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HwSeed.Brain.Gguf;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Brain.Training;

/// <summary>The state of a training run after a number of updates, kept as a GGUF file of float32 vectors.</summary>
internal static class Checkpoint
{
    private const string StepKey = "hwseed.training.step";
    private const string RunKey = "hwseed.training.run";

    /// <summary>A hash of everything that decides how a run goes.</summary>
    public static string Identify(ModelShape shape, TrainingOptions options, IReadOnlyList<TrainingSequence> data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
        // How often a run is saved or validated does not change it.
        var deciding = options with { CheckpointEvery = 0, ValidateEvery = 0 };
        Add(string.Create(CultureInfo.InvariantCulture, $"{shape}\n{deciding}\n{data.Count}\n"));
        foreach (var sequence in data)
        {
            Add($"{sequence.LossFrom}:{string.Join(' ', sequence.Tokens)}\n");
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static void Write(string path, string run, int step, float[] parameters, AdamW optimiser) => new GgufFile(
        [
            new("general.architecture", GgufValue.Of("hwseed-checkpoint")),
            new(RunKey, GgufValue.Of(run)),
            new(StepKey, GgufValue.Of((uint)step)),
        ],
        [
            GgufTensor.OfFloats("parameters", parameters, parameters.Length),
            GgufTensor.OfFloats("adam.first", optimiser.First, parameters.Length),
            GgufTensor.OfFloats("adam.second", optimiser.Second, parameters.Length),
        ]).Write(path);

    /// <summary>Fills parameters and moments and returns the updates made; 0 when there is no file.</summary>
    public static int Read(string path, string run, float[] parameters, AdamW optimiser)
    {
        if (!File.Exists(path))
        {
            return 0;
        }

        var file = GgufFile.Read(path).OrThrow();
        var keys = new GgufKeys(file);
        var (step, found) = (keys.Integer(StepKey), keys.Text(RunKey));
        if (keys.Faults.Count > 0 || found != run)
        {
            throw InvalidInputException.Of(BrainDiagnostics.ForeignCheckpoint(
                path, "the checkpoint belongs to a run with another model shape, options or data"));
        }

        Fill(file, "parameters", parameters);
        Fill(file, "adam.first", optimiser.First);
        Fill(file, "adam.second", optimiser.Second);
        return step;
    }

    private static void Fill(GgufFile file, string name, float[] target)
    {
        if (file.Tensor(name) is not { Type: GgufTensorType.F32 } tensor || tensor.Elements != target.Length)
        {
            throw InvalidInputException.Of(BrainDiagnostics.ForeignCheckpoint(
                file.Name, $"tensor '{name}' with {target.Length} values is missing"));
        }

        tensor.ToFloats().CopyTo(target, 0);
    }
}
