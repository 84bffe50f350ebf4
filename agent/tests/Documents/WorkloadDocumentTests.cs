using HwSeed.Agent.Documents;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Workloads;
using HwSeed.Mapper.Workloads.Convolutions;

namespace HwSeed.Agent.Tests.Documents;

internal sealed class WorkloadDocumentTests
{
    private const string Head = "schema: hwseed/workload/v1\ntokens_per_pass: 1\n";

    [Test]
    public void A_convolution_is_the_products_of_its_groups()
    {
        var workload = Read("convs: [{c: 4, m: 6, h: 9, w: 8, r: 3, s: 2, stride: 2, padding: 1, padding_w: 0, groups: 2, repeats: 3}]\n");
        var conv = new Conv2D(1, 4, 6, new(9, 3, 2, 1), new(8, 2, 2, 0), 2);
        Assert.Multiple(() =>
        {
            Assert.That(workload.Gemms.Single(), Is.EqualTo(new WorkloadGemm("conv0", new(5 * 4, 2 * 3 * 2, 3), 6) { Convolution = conv }));
            Assert.That(workload.Macs, Is.EqualTo(3 * conv.Macs));
        });
    }

    [Test]
    public void A_vector_is_a_product_of_one_row() =>
        Assert.That(Read("gemvs: [{name: y, k: 5, n: 7}]\n").Gemms.Single(), Is.EqualTo(new WorkloadGemm("y", new(1, 5, 7))));

    [Test]
    public void A_transformer_block_is_nine_products_with_attention_for_each_key_head()
    {
        var workload = Read("transformer_blocks: [{name: b, d_model: 12, heads: 6, kv_heads: 2, d_ff: 20, tokens: 3, context: 8, sequences: 2, layers: 5}]\n");
        Assert.That(workload.Gemms.Select(g => (g.Name, g.Shape, g.Repeats)), Is.EqualTo(new (string, GemmShape, int)[]
        {
            ("b.attn_q", new(6, 12, 12), 5), ("b.attn_k", new(6, 12, 4), 5), ("b.attn_v", new(6, 12, 4), 5),
            ("b.attn_scores", new(9, 2, 8), 20), ("b.attn_values", new(9, 8, 2), 20), ("b.attn_output", new(6, 12, 12), 5),
            ("b.ffn_gate", new(6, 12, 20), 5), ("b.ffn_up", new(6, 12, 20), 5), ("b.ffn_down", new(6, 20, 12), 5),
        }));
    }

    [TestCase("convs: [{c: 4, m: 6, h: 3, w: 9, r: 5, s: 1, padding: 0}]", "w.yaml:3:37: error HW4203: r is 5: the filter reaches over 5 positions, h with its padding has 3")]
    [TestCase("convs: [{c: 4, m: 6, h: 9, w: 9, r: 1, s: 1, groups: 3}]", "w.yaml:3:54: error HW4202: groups is 3, which does not divide c, 4")]
    [TestCase("convs: [{c: 0, m: 6, h: 9, w: 9, r: 1, s: 1}]", "w.yaml:3:13: error HW5011: 'convs[0].c' is 0; it must be from 1 to 1048576")]
    [TestCase("convs: [{c: 4, m: 6, h: 9, w: 9, r: 1, s: 1, stride: 0}]", "w.yaml:3:54: error HW5011: 'convs[0].stride' is 0; it must be from 1 to 1048576")]
    [TestCase("convs: [{c: 64, m: 6, h: 9000, w: 9000, r: 1, s: 1}]", "w.yaml:3:26: error HW4204: a tensor of this convolution has 5,184,000,000 elements; the limit is 67,108,864")]
    [TestCase("transformer_blocks: [{d_model: 8, heads: 3, d_ff: 1, tokens: 1}]", "w.yaml:3:42: error HW4205: d_model is 8, which 3 heads do not divide; give head_dim")]
    [TestCase("transformer_blocks: [{d_model: 8, heads: 4, kv_heads: 3, d_ff: 1, tokens: 1}]", "w.yaml:3:55: error HW4205: kv_heads is 3, which does not divide heads, 4")]
    [TestCase("transformer_blocks: [{d_model: 8, heads: 4, d_ff: 1, tokens: 9, context: 8}]", "w.yaml:3:74: error HW4206: context is 8, but the pass alone has 9 tokens")]
    [TestCase("transformer_blocks: [{d_model: 8, heads: 4, d_ff: 1, tokens: 9, sequences: 1000000}]", "w.yaml:3:42: error HW4207: a product of this block has a side or repeats of 9,000,000; the limit is 1,048,576")]
    [TestCase("gemvs: []", "w.yaml:3:8: error HW5010: 'gemvs' must be a list with at least one item, not an empty list")]
    public void What_is_wrong_with_a_layer_is_said_at_its_place(string text, string message) =>
        Assert.That($"{WorkloadDocument.ReadText($"{Head}{text}\n", "w.yaml").Diagnostics.Single()}".Split('\n')[0], Is.EqualTo(message));

    [Test]
    public void A_workload_without_layers_is_none() =>
        Assert.That(WorkloadDocument.ReadText(Head, "w.yaml").Diagnostics.Single().Message, Is.EqualTo("missing key 'gemms'"));

    [TestCase("small-convnet.yaml", 4)]
    [TestCase("llama-block.yaml", 9)]
    public void Examples_round_trip(string file, int products)
    {
        var workload = WorkloadDocument.Read(Room.Path("examples", file)).OrThrow();
        Assert.That(workload.Gemms, Has.Count.EqualTo(products));
        var again = WorkloadDocument.ReadText(WorkloadDocument.Write(workload), "w.yaml").OrThrow();
        Assert.That(again with { Gemms = [.. again.Gemms.OrderBy(g => g.Name)] }, Is.EqualTo(workload with { Gemms = [.. workload.Gemms.OrderBy(g => g.Name)] }));
    }

    private static Workload Read(string text) => WorkloadDocument.ReadText($"{Head}{text}", "w.yaml").OrThrow();
}
