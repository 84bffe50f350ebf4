using CsCheck;
using HwSeed.Agent.Documents;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Tests.Documents;

internal sealed class ArchitectureDocumentTests
{
    private const string Good =
        """
        schema: hwseed/architecture/v1
        name: os-4x4
        array: {rows: 4, columns: 5}
        dataflow: output_stationary
        operand_bits: 8
        accumulator_bits: 24
        pe_pipeline: 2
        scratchpad: {input_depth: 512, weight_depth: 256, accumulator_depth: 0}
        double_buffering: true
        """;

    [Test]
    public void Reads_every_field() => Assert.That(
        ArchitectureDocument.ReadText(Good, "a.yaml").OrThrow().Architecture,
        Is.EqualTo(new Architecture("os-4x4", 4, 5, Dataflow.OutputStationary, 8, 8, 24, 2, 512, 256, 0, true)));

    [Test]
    public void Name_and_accumulator_depth_may_be_left_out()
    {
        var text = Good.Replace("name: os-4x4\n", "").Replace(", accumulator_depth: 0", "");
        var read = ArchitectureDocument.ReadText(text, "folder/my-chip.yaml").OrThrow().Architecture;
        Assert.That((read.Name, read.AccumulatorDepth), Is.EqualTo(("my-chip", 0)));
    }

    [TestCaseSource(nameof(ExampleFiles))]
    public void Examples_are_read_and_named_after_their_files(string path)
    {
        var read = ArchitectureDocument.Read(path).OrThrow();
        Assert.That(read.Architecture.Name, Is.EqualTo(Path.GetFileNameWithoutExtension(path)));
    }

    private static IEnumerable<string> ExampleFiles() =>
        Directory.GetFiles(Room.Path("examples"), "*.yaml").Where(f => File.ReadAllText(f).Contains("architecture/v1"));

    [Test]
    public void Writing_and_reading_is_identity() =>
        Gen.Select(Gen.String, Gen.Int[-3, 4096], Gen.Int, Gen.Enum<Dataflow>(), Gen.Bool, Gen.Bool).Sample((name, a, b, dataflow, twice, other) =>
        {
            // A name is one line of text: control characters are refused in documents and escaped by the writer.
            name = string.Concat(name.Where(c => !char.IsControl(c) && !char.IsSurrogate(c))) + "x";
            var architecture = new Architecture(
                name, a, b, dataflow, a, twice ? a : b, b, a, b, a, b, twice)
            {
                Interconnect = other ? Interconnect.Broadcast : Interconnect.Systolic,
                Lanes = a,
                AdderPipeline = b,
                Multiplier = (Multiplier)((uint)a % 5),
                DspLanes = b,
                Output = twice ? new(a, b, other, !other) : null,
            };
            var text = ArchitectureDocument.Write(architecture);
            return ArchitectureDocument.ReadText(text, "x.yaml").OrThrow().Architecture == architecture;
        });

    [Test]
    public void A_rule_that_names_a_field_gets_its_place()
    {
        static IEnumerable<FieldFinding> Rules(Architecture architecture)
        {
            yield return new("array.rows", Diagnostic.Error("HW4001", "there are no rows"));
            yield return new(nameof(Architecture.WeightDepth), Diagnostic.Error("HW4002", "too shallow"));
            yield return new("scratchpad.accumulator_depth", Diagnostic.Error("HW4003", "absent field"));
        }

        var text = Good.Replace("rows: 4", "rows: 0").Replace(", accumulator_depth: 0", "");
        var read = ArchitectureDocument.ReadText(text, "a.yaml", Rules);
        Assert.That(string.Join("\n", read.Diagnostics), Is.EqualTo(
            """
            a.yaml:3:15: error HW4001: there are no rows
              array: {rows: 0, columns: 5}
                            ^
            a.yaml:8:46: error HW4002: too shallow
              scratchpad: {input_depth: 512, weight_depth: 256}
                                                           ^^^
            a.yaml:8:13: error HW4003: absent field
              scratchpad: {input_depth: 512, weight_depth: 256}
                          ^
            """));
    }

    [Test]
    public void All_findings_come_at_once_from_top_to_bottom()
    {
        var text = Good
            .Replace("rows: 4", "row: 4")
            .Replace("output_stationary", "output_stationery")
            .Replace("operand_bits: 8", "operand_bits: \"8\"")
            .Replace("accumulator_bits: 24\n", "")
            .Replace("pe_pipeline: 2", "pe_pipeline: 2\npe_pipeline: 3")
            .Replace("double_buffering: true", "double_buffering: yes\ncolour: red");
        Assert.That(Messages(text), Is.EqualTo(
            """
            a.yaml:7:1: error HW5009: key 'pe_pipeline' stands twice; the first is on line 6
              pe_pipeline: 3
              ^^^^^^^^^^^
            """));
        Assert.That(Messages(text.Replace("\npe_pipeline: 3", "")), Is.EqualTo(
            """
            a.yaml:3:9: error HW5007: unknown key 'array.row'; did you mean 'rows'?
              array: {row: 4, columns: 5}
                      ^^^
            a.yaml:4:11: error HW5012: 'dataflow' is 'output_stationery'; did you mean 'output_stationary'?
              dataflow: output_stationery
                        ^^^^^^^^^^^^^^^^^
            a.yaml:5:15: error HW5010: 'operand_bits' must be a whole number, not '8'
              operand_bits: "8"
                            ^^^
            a.yaml:8:19: error HW5010: 'double_buffering' must be true or false, not 'yes'
              double_buffering: yes
                                ^^^
            a.yaml:9:1: error HW5007: unknown key 'colour'; known here: schema, name, array, dataflow, operand_bits, input_bits, weight_bits, accumulator_bits, pe_pipeline, adder_pipeline, multiplier, dsp_lanes, scratchpad, output, double_buffering
              colour: red
              ^^^^^^
            a.yaml: error HW5008: missing key 'accumulator_bits'
            """));
    }

    [TestCase("array: {rows: 4}", "array: {rows: 4, columns: 5}", "a.yaml:3:8: error HW5008: missing key 'array.columns'\n  array: {rows: 4}\n         ^")]
    [TestCase("array: 4", "array: {rows: 4, columns: 5}", "a.yaml:3:8: error HW5010: 'array' must be a map, not '4'\n  array: 4\n         ^")]
    [TestCase("operand_bits: 8.5", "operand_bits: 8", "a.yaml:5:15: error HW5010: 'operand_bits' must be a whole number, not '8.5'\n  operand_bits: 8.5\n                ^^^")]
    [TestCase("operand_bits:", "operand_bits: 8", "a.yaml:5:14: error HW5010: 'operand_bits' must be a whole number, not nothing\n  operand_bits:\n               ^")]
    [TestCase("operand_bits: 99999999999", "operand_bits: 8", "a.yaml:5:15: error HW5011: 'operand_bits' is 99999999999; it must be from -2147483648 to 2147483647\n  operand_bits: 99999999999\n                ^^^^^^^^^^^")]
    [TestCase("name: [a, b]", "name: os-4x4", "a.yaml:2:7: error HW5010: 'name' must be one line of text, not a list\n  name: [a, b]\n        ^")]
    [TestCase("schema: hwseed/architecture/v2", "schema: hwseed/architecture/v1", "a.yaml:1:9: error HW5006: schema is 'hwseed/architecture/v2'; did you mean 'hwseed/architecture/v1'?\n  schema: hwseed/architecture/v2\n          ^^^^^^^^^^^^^^^^^^^^^^")]
    [TestCase("schema: hwseed/goal/v1", "schema: hwseed/architecture/v1", "a.yaml:1:9: error HW5006: schema is 'hwseed/goal/v1'; 'hwseed/architecture/v1' is expected here\n  schema: hwseed/goal/v1\n          ^^^^^^^^^^^^^^")]
    [TestCase("title: x", "schema: hwseed/architecture/v1", "a.yaml: error HW5006: the first key must be 'schema: hwseed/architecture/v1'")]
    public void One_mistake_gives_one_message(string bad, string good, string message) =>
        Assert.That(Messages(Good.Replace(good, bad)), Is.EqualTo(message));

    private static string Messages(string text) =>
        string.Join("\n", ArchitectureDocument.ReadText(text, "a.yaml").Diagnostics);
}
