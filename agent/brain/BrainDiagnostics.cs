using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Brain;

/// <summary>The wording of everything that can be wrong with a model file, a tokenizer or a training run.</summary>
public static class BrainDiagnostics
{
    /// <summary>What each code means, for <c>hwseed explain</c>.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW6001", "Not a GGUF file", "A model file starts with the four bytes GGUF. Point at a .gguf file."),
        new("HW6002", "GGUF version", "Only version 3, little-endian, is read. Convert older files with llama.cpp."),
        new("HW6003", "Truncated file", "The file ends inside a value. Fetch or write it again."),
        new("HW6004", "Absurd count", "A count promises more than the rest of the file can hold; the file is damaged."),
        new("HW6005", "Unknown metadata type", "Metadata values have the type tags 0 to 12."),
        new("HW6006", "Duplicate name", "Metadata keys and tensor names are unique in a file."),
        new("HW6007", "Text is not UTF-8", "Keys, names and texts are UTF-8."),
        new("HW6008", "Arrays nested too deep", "Arrays of arrays are read down to four levels."),
        new("HW6009", "Tensor sizes", "A tensor has 1 to 4 dimensions, none of size 0, and below 2^30 elements."),
        new("HW6010", "Tensor type", "Tensors of type F32, F16 and I8 are read; convert others."),
        new("HW6011", "Tensor outside the file", "A tensor's bytes must lie inside the file."),
        new("HW6012", "Alignment", "general.alignment is a power of two up to 2^20 and tensors start at its multiples."),
        new("HW6013", "Unreadable file", "The file is missing, may not be read, or is larger than 1 GiB."),
        new("HW6020", "Missing metadata", "The key is needed to build the model."),
        new("HW6021", "Metadata value", "The value of the key has another type or lies outside the allowed range."),
        new("HW6022", "Model architecture", "Only Llama-architecture models run here."),
        new("HW6023", "Inconsistent hyper-parameters", "Heads divide the embedding, key/value heads divide the heads."),
        new("HW6030", "Missing tensor", "The model needs a tensor that the file does not have."),
        new("HW6031", "Tensor shape", "A tensor's sizes or type do not follow from the hyper-parameters."),
        new("HW6032", "Weights are not finite", "A weight or a scale is infinite or not a number, or a scale is negative."),
        new("HW6040", "Tokenizer", "Tokens are unique, not empty, and as many as the embedding has rows."),
        new("HW6041", "Unknown token", "The word is not in the model's vocabulary."),
        new("HW6050", "Foreign checkpoint", "The checkpoint was made by a run with other options, data or model shape."),
    ];

    internal static Diagnostic NotGguf(string file) =>
        At(file, "HW6001", 0, "the file does not start with 'GGUF'");

    internal static Diagnostic Version(string file, uint version) =>
        At(file, "HW6002", 4, $"GGUF version {version}; only version 3 is read");

    internal static Diagnostic Truncated(string file, long offset, int needed, long length) =>
        At(file, "HW6003", offset, $"{needed} more bytes are needed but the file has {length}");

    internal static Diagnostic Count(string file, long offset, string what, ulong count, long left) =>
        At(file, "HW6004", offset, $"{count} {what} cannot stand in the {left} bytes that follow");

    internal static Diagnostic ValueType(string file, long offset, uint tag) =>
        At(file, "HW6005", offset, $"metadata type {tag} is unknown; 0 to 12 are defined");

    internal static Diagnostic Duplicate(string file, long offset, string what, string key) =>
        At(file, "HW6006", offset, $"{what} '{key}' stands twice");

    internal static Diagnostic NotUtf8(string file, long offset) =>
        At(file, "HW6007", offset, "the text is not UTF-8");

    internal static Diagnostic TooDeep(string file, long offset) =>
        At(file, "HW6008", offset, "arrays are nested deeper than 4 levels");

    internal static Diagnostic Dimensions(string file, long offset, string tensor, string fault) =>
        At(file, "HW6009", offset, $"tensor '{tensor}' {fault}");

    internal static Diagnostic TensorType(string file, long offset, string tensor, uint type) =>
        At(file, "HW6010", offset, $"tensor '{tensor}' has type {type}; F32 (0), F16 (1) and I8 (24) are read");

    internal static Diagnostic OutsideFile(
        string file, long offset, string tensor, ulong start, long bytes, long length) =>
        At(file, "HW6011", offset, $"tensor '{tensor}' at data offset {start} takes {bytes} bytes; the file has {length}");

    internal static Diagnostic Misaligned(string file, long offset, string tensor, ulong start, int alignment) =>
        At(file, "HW6012", offset, $"tensor '{tensor}' at data offset {start} is not aligned to {alignment}");

    internal static Diagnostic Alignment(string file) =>
        Of(file, "HW6012", "general.alignment is not a power of two up to 1048576");

    internal static Diagnostic TooLarge(string file, long length) =>
        Of(file, "HW6013", $"the file has {length} bytes; at most {Gguf.GgufFile.LargestFile} are read");

    internal static Diagnostic Unreadable(string file, string reason) =>
        Of(file, "HW6013", $"the file cannot be read: {reason}");

    internal static Diagnostic MissingKey(string file, string key) =>
        Of(file, "HW6020", $"metadata key '{key}' is missing");

    internal static Diagnostic KeyValue(string file, string key, string wanted) =>
        Of(file, "HW6021", $"metadata key '{key}' is not {wanted}");

    internal static Diagnostic Architecture(string file, string architecture) =>
        Of(file, "HW6022", $"general.architecture is '{architecture}'; only 'llama' runs here");

    internal static Diagnostic Shape(string file, string fault) => Of(file, "HW6023", fault);

    internal static Diagnostic MissingTensor(string file, string tensor) =>
        Of(file, "HW6030", $"tensor '{tensor}' is missing");

    internal static Diagnostic TensorShape(string file, string tensor, string found, string wanted) =>
        Of(file, "HW6031", $"tensor '{tensor}' is {found}; {wanted} is needed");

    internal static Diagnostic NotFinite(string file, string tensor) =>
        Of(file, "HW6032", $"tensor '{tensor}' holds an infinite or undefined number or a negative scale");

    internal static Diagnostic Tokens(string file, string fault) => Of(file, "HW6040", fault);

    internal static Diagnostic UnknownToken(string token, string? nearest) =>
        Diagnostic.Error(
            "HW6041", $"'{token}' is not a token of the model" + (nearest is null ? "" : $"; did you mean '{nearest}'?"));

    internal static Diagnostic ForeignCheckpoint(string file, string fault) => Of(file, "HW6050", fault);

    private static Diagnostic At(string file, string code, long offset, string message) =>
        Of(file, code, $"{message} (at byte {offset})");

    private static Diagnostic Of(string file, string code, string message) =>
        Diagnostic.Error(code, message, SourceSpan.OfFile(file));
}
