using System.Globalization;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent;

/// <summary>All wording of the agent room: documents (HW50xx), runs and archives (HW51xx), designs as tokens (HW52xx).</summary>
public static class AgentDiagnostics
{
    /// <summary>What each code means, for <c>hwseed explain</c>.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW5001", "A document cannot be read", "The file is absent, a folder, or not readable by this user. Check the path; it is taken relative to where the command runs."),
        new("HW5002", "A document is too large", "Goals, architectures and workloads are written by people and are small. A larger file is refused before it is read, so that a wrong path cannot fill the memory."),
        new("HW5003", "A document is not text", "Documents are UTF-8 text without control characters. A model file or a bitstream was probably named by mistake."),
        new("HW5004", "A document is not YAML", "The YAML parser stopped at the marked place: often a tab used for indentation, an unclosed quote or bracket, or a missing space after a colon."),
        new("HW5005", "Anchors, aliases and tags are not used here", "Aliases can make a small file expand without bound, and tags ask for types by name. Write the value out."),
        new("HW5006", "A document has the wrong kind or version", "The first key says what a file is: 'schema: hwseed/architecture/v1', 'hwseed/goal/v1', 'hwseed/lint/v1' or 'hwseed/workload/v1'. A file of another kind or of a later version is refused rather than half understood."),
        new("HW5007", "Unknown key", "A misspelt key that is ignored silently costs hours, so every key must be known. The message names the nearest one."),
        new("HW5008", "Missing key", "The key has no default because no value is right for everyone. Add it under the map that the message points at."),
        new("HW5009", "A key stands twice", "YAML forbids it and readers differ in which one they keep. Remove one of the two."),
        new("HW5010", "A value has the wrong type", "Numbers and true/false stand without quotes; text may be quoted. yes, no, on and off are words, not booleans."),
        new("HW5011", "A number is out of range", "The message gives the range. Rules that relate several fields of an architecture have codes of their own (HW4xxx)."),
        new("HW5012", "Unknown word", "The field takes one of a fixed list of words, named in the message: a dataflow, a device, a metric or a direction."),
        new("HW5013", "A document is too complex", "Nesting and the number of values are limited far above what a goal, architecture or workload needs."),
        new("HW5014", "A workload needs exactly one source", "Give 'model' with 'batch', or 'file', or 'gemms' with 'tokens_per_pass'; two of them would contradict each other."),
        new("HW5015", "A document is empty", "The file holds no YAML document."),
        new("HW5016", "A metric stands twice among the objectives", "Each metric is one axis of the Pareto front; the same axis twice adds nothing and would count its volume twice."),
        new("HW5017", "A goal has only timing objectives", "Times differ from run to run, so searches never decide by them: a run could not be resumed or repeated. Add an objective that the models and tools determine, as chip_tokens_per_second, luts or cycles."),
        new("HW5101", "The goal changed while the run used it", "A run is judged against one goal. The goal file is hashed at the start, and a run stops when the file differs, so that nobody, the agent included, moves the target. Restore the file to resume, or start a new run."),
        new("HW5102", "The journal's hash chain is broken", "Each line of journal.jsonl holds the SHA-256 of the line before it. At the line named, that hash does not match: a line was changed, removed or inserted."),
        new("HW5103", "A journal line cannot be read", "The line is not a JSON object with 'seq', 'prev', 'event' and 'data'. Only the last line may be incomplete (after a kill); it is cut off when the run is resumed."),
        new("HW5104", "There is no such run", "The folder does not hold a run: it has no journal. Give the path that 'evolve' printed, as runs/<id>."),
        new("HW5105", "The run exists already", "A new run never writes into an old one's folder. Resume it with --resume, or choose another id."),
        new("HW5106", "The archive cannot be read", "archive.sqlite is damaged, is not an SQLite file, or was written by another version of HwSeed."),
        new("HW5107", "The journal ends in an incomplete line", "The program was ended while it wrote an event. The event did not happen; the line is cut off when the run is resumed."),
        new("HW5108", "The run is in use", "Another program writes into this run's folder, or the folder cannot be written. Wait for it to end, or start a new run."),
        new("HW5109", "The agent's model changed while a run used it", "The model proposes designs; another model would propose others. Put the file back, or start a new run with the new model."),
        new("HW5110", "A design's file is not what the archive says", "The archive holds the SHA-256 of every file that belongs to a design. This file is absent or was changed since; its figures are not to be trusted."),
        new("HW5111", "The summary contradicts the run", "summary.json holds the digest of the archive and the hash of the goal. One of them is not what the run's own files give: the summary or the files were changed."),
        new("HW5112", "The folder is not what synth writes", "A bitstream is verified with the files beside it: architecture.yaml, report.json, SHA256SUMS and gemm_engine.v, .pcf and .bin, or for a board board.v, .pcf and .bin and the vectors. Give the folder that 'hwseed synth --out' wrote."),
        new("HW5113", "A file is not the one that synth wrote", "SHA256SUMS holds the SHA-256 of every file of the folder. This file is absent, changed, or not listed, so nothing that is known of the design holds for it."),
        new("HW5114", "The Verilog is not what the architecture gives", "The folder's Verilog, or a board's pins or vectors, differ from what this version of HwSeed makes of its architecture.yaml: one of the two was changed, or another version wrote them. Synthesise the architecture again."),
        new("HW5115", "The engine is too big for the board or the device", "For a board, block memories and DSP blocks are counted before synthesis, logic cells are estimated; Yosys and nextpnr count again. For a device of another vendor DSP blocks are counted before and all else in Yosys' netlist; what would be enough is scaled from that count. The message says how many are too many, and which single parameter, lowered to which value, would be enough."),
        new("HW5116", "The clock is not met", "The routed design is slower than the clock that was asked for, with every seed that was tried. The files of the attempt stay in the folder. Ask for a slower clock, leave --mhz out so that the clock follows from the routed design, try more --seeds, or set a higher pe_pipeline."),
        new("HW5117", "The baud rate cannot be made", "A UART's bit takes a whole number of clock cycles, at least four, and its length may be 2 % off at most. Choose another --baud or a faster clock."),
        new("HW5118", "The product does not run on this engine", "The product of a board's program and vectors has to fit the engine's memories and accumulators. Choose another --gemm."),
        new("HW5119", "The bitstream is not what was routed", "A board's bitstream is verified by the netlist that was routed. Synthesis, place and route with the seed and the constraint of report.json gave another bitstream than the folder's: somebody changed it, or another version of the tools made it. Nothing is known of what it does."),
        new("HW5130", "The journal is of another verification", "A journal of random pairs goes on with the seed, the families, the kinds and the engines that it began with, and with the same version of HwSeed and of Verilator: other ones would draw or judge other pairs. Choose another file, or remove this one."),
        new("HW5131", "No engine is of all these families", "Random engines are drawn until one has every word of --family. Some exclude each other: a broadcast array is output-stationary, a multiplier is one of its kinds."),
        new("HW5201", "The tokens are not a design", "A sequence from a sampler left the design grammar. Samplers that follow the grammar cannot do that, so the sampler or its model file does not belong to this version."),
        new("HW5202", "The architecture is outside the design space", "Proposers walk over a finite set of values for each field. An architecture with another value can be emitted, simulated and verified, yet not proposed or bred from."),
        new("HW5203", "The model does not speak the design vocabulary", "A proposer model has one token for each word of this version's designs. Train one with 'hwseed brain train', or use the model that ships with HwSeed."),
    ];

    internal static Diagnostic FileUnreadable(string path, string reason) =>
        Diagnostic.Error("HW5001", $"cannot read '{path}': {reason}", SourceSpan.OfFile(path));

    internal static Diagnostic FileTooLarge(string path, int largestBytes) =>
        Diagnostic.Error("HW5002", $"the file is larger than {largestBytes / 1024} KiB", SourceSpan.OfFile(path));

    internal static Diagnostic NotText(string path, string reason) =>
        Diagnostic.Error("HW5003", $"this is not a text document: {reason}", SourceSpan.OfFile(path));

    internal static Diagnostic BadYaml(string reason, SourceSpan span) =>
        Diagnostic.Error("HW5004", $"not valid YAML: {reason}", span);

    internal static Diagnostic Refused(string what, SourceSpan span) =>
        Diagnostic.Error("HW5005", $"{what} are not used here; write the value out", span);

    internal static Diagnostic WrongSchema(string expected, string? found, string? near, SourceSpan span) =>
        Diagnostic.Error(
            "HW5006",
            found is null ? $"the first key must be 'schema: {expected}'"
            : near is null ? $"schema is '{found}'; '{expected}' is expected here"
            : $"schema is '{found}'; did you mean '{near}'?",
            span);

    internal static Diagnostic UnknownKey(string path, string? near, IEnumerable<string> known, SourceSpan span) =>
        Diagnostic.Error(
            "HW5007",
            near is null ? $"unknown key '{path}'; known here: {string.Join(", ", known)}"
            : $"unknown key '{path}'; did you mean '{near}'?",
            span);

    internal static Diagnostic MissingKey(string path, SourceSpan span) =>
        Diagnostic.Error("HW5008", $"missing key '{path}'", span);

    internal static Diagnostic DuplicateKey(string key, int firstLine, SourceSpan span) =>
        Diagnostic.Error("HW5009", $"key '{key}' stands twice; the first is on line {firstLine}", span);

    internal static Diagnostic WrongType(string what, string expected, string found, SourceSpan span) =>
        Diagnostic.Error("HW5010", $"{what} must be {expected}, not {found}", span);

    internal static Diagnostic OutOfRange(string path, string value, double least, double most, SourceSpan span) =>
        Diagnostic.Error("HW5011", string.Create(CultureInfo.InvariantCulture, $"'{path}' is {value}; it must be from {least} to {most}"), span);

    internal static Diagnostic UnknownWord(
        string path, string word, IEnumerable<string> words, string? near, SourceSpan span) =>
        Diagnostic.Error(
            "HW5012",
            near is null ? $"'{path}' is '{word}'; it must be one of: {string.Join(", ", words)}"
            : $"'{path}' is '{word}'; did you mean '{near}'?",
            span);

    internal static Diagnostic TooComplex(string reason, SourceSpan span) =>
        Diagnostic.Error("HW5013", $"the document is too complex: {reason}", span);

    internal static Diagnostic OneSource(string path, SourceSpan span) =>
        Diagnostic.Error("HW5014", $"'{path}' needs exactly one of: model, file, gemms", span);

    internal static Diagnostic EmptyDocument(string file) =>
        Diagnostic.Error("HW5015", "the file holds no document", SourceSpan.OfFile(file));

    internal static Diagnostic MetricTwice(string metric, SourceSpan span) =>
        Diagnostic.Error("HW5016", $"metric '{metric}' stands twice", span);

    internal static Diagnostic GoalChanged(string path, string started, string found) =>
        Diagnostic.Error(
            "HW5101",
            $"the goal changed since the run began (SHA-256 {started[..12]}, now {found[..Math.Min(12, found.Length)]}); restore it or start a new run",
            SourceSpan.OfFile(path));

    internal static Diagnostic BrokenChain(string path, int line) =>
        Diagnostic.Error(
            "HW5102", $"line {line} does not follow from the line before it: the hash chain is broken", new(path, line, 1));

    internal static Diagnostic BadJournalLine(string path, int line, string reason) =>
        Diagnostic.Error("HW5103", $"line {line} is not a journal event: {reason}", new(path, line, 1));

    internal static Diagnostic NoRun(string path) =>
        Diagnostic.Error("HW5104", $"there is no run in '{path}'", SourceSpan.OfFile(path));

    internal static Diagnostic RunExists(string path) =>
        Diagnostic.Error("HW5105", $"'{path}' exists already; resume it or choose another id", SourceSpan.OfFile(path));

    internal static Diagnostic BadArchive(string path, string reason) =>
        Diagnostic.Error("HW5106", $"the archive cannot be read: {reason}", SourceSpan.OfFile(path));

    internal static Diagnostic TornJournal(string path, long bytes) =>
        new("HW5107", Severity.Warning, $"the journal ends in an incomplete line of {bytes} bytes", SourceSpan.OfFile(path));

    internal static Diagnostic RunInUse(string path) =>
        Diagnostic.Error("HW5108", $"'{path}' is in use by another program or cannot be written", SourceSpan.OfFile(path));

    internal static Diagnostic ArtefactChanged(string path) =>
        Diagnostic.Error("HW5110", "the file is absent or was changed since the archive hashed it", SourceSpan.OfFile(path));

    internal static Diagnostic SummaryDiffers(string path, string key) =>
        Diagnostic.Error("HW5111", $"'{key}' is not what the run's own files give", SourceSpan.OfFile(path));

    internal static Diagnostic NotASynthFolder(string path, string reason) =>
        Diagnostic.Error("HW5112", $"this is not what 'hwseed synth' writes: {reason}", SourceSpan.OfFile(path));

    internal static Diagnostic ChecksumDiffers(string path) =>
        Diagnostic.Error("HW5113", "the file is not the one that SHA256SUMS lists", SourceSpan.OfFile(path));

    internal static Diagnostic OtherVerilog(string path) =>
        Diagnostic.Error("HW5114", "the file is not what this version of HwSeed makes of architecture.yaml", SourceSpan.OfFile(path));

    /// <summary>HW5119: other bytes than place and route give.</summary>
    internal static Diagnostic OtherBitstream(string given, string made, int seed) =>
        Diagnostic.Error("HW5119", $"board.bin (SHA-256 {given[..16]}...) is not what its Verilog, pins and seed {seed} give ({made[..16]}...)");

    internal static Diagnostic TooBigForBoard(Toolchain.Board board, int needs, int has, string resource, string note, string remedy) =>
        TooBigFor($"{board.Device.Title} on {board.Name}", needs, has, resource, note, remedy);

    internal static Diagnostic TooBigFor(string where, int needs, int has, string resource, string note, string remedy) =>
        Diagnostic.Error("HW5115", string.Create(CultureInfo.InvariantCulture,
            $"needs {needs:N0} {resource}{note}, {where} has {has:N0}: {needs - has:N0} too many; {remedy}"));

    internal static Diagnostic ClockNotMet(double reachedMhz, double wantedMhz, int seeds, string folder) =>
        Diagnostic.Error("HW5116", string.Create(CultureInfo.InvariantCulture,
            $"routed at {reachedMhz:F2} MHz, the best of {seeds} seed{(seeds == 1 ? "" : "s")}; {wantedMhz:F2} MHz are needed; the files are kept in {folder}"));

    internal static Diagnostic BaudRate(int baud, double clockMhz, int leastDivider) =>
        Diagnostic.Error("HW5117", string.Create(CultureInfo.InvariantCulture,
            $"a clock of {clockMhz:0.###} MHz cannot make {baud:N0} baud: a bit would take {clockMhz * 1e6 / baud:0.##} cycles, and needs a whole number from {leastDivider} to 65,536, 2 % off at most"));

    internal static Diagnostic NoProgram(Hdl.Architectures.GemmShape shape, string reason) =>
        Diagnostic.Error("HW5118", $"{shape} does not run on this engine: {reason}");

    internal static Diagnostic OtherVerification(string path, string what) =>
        Diagnostic.Error("HW5130", $"the journal was begun with another {what}; choose another file", SourceSpan.OfFile(path));

    internal static Diagnostic NoSuchFamily(IEnumerable<string> families) =>
        Diagnostic.Error("HW5131", $"no random engine is {string.Join(" and ", families)} at once");

    internal static Diagnostic NotADesign(string reason) =>
        Diagnostic.Error("HW5201", $"the tokens are not a design: {reason}");

    internal static Diagnostic OutsideSpace(string field, string value, IEnumerable<string> values) =>
        Diagnostic.Error("HW5202", $"{field} {value} is outside the design space; it has: {string.Join(", ", values)}");

    internal static Diagnostic OnlyTimings(string path) => Diagnostic.Error(
        "HW5017",
        "all objectives depend on this machine's clock; a run needs at least one that does not, as chip_tokens_per_second",
        SourceSpan.OfFile(path));

    internal static Diagnostic ModelChanged(string path, string started, string found) => Diagnostic.Error(
        "HW5109",
        $"the agent's model changed since the run began (SHA-256 {started[..12]}, now {found[..12]}); restore it or start a new run",
        SourceSpan.OfFile(path));

    internal static Diagnostic ForeignVocabulary(string path) => Diagnostic.Error(
        "HW5203", "the model's tokens are not this version's design vocabulary", SourceSpan.OfFile(path));
}
