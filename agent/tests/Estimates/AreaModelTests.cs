using HwSeed.Agent.Estimates;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Agent.Tests.Estimates;

public sealed class AreaModelTests
{
    [Test]
    public void Held_out_errors_are_small()
    {
        var error = AreaModel.LeaveOneOut(AreaModel.Hx8kTable());
        TestContext.Out.WriteLine($"logic cells {error.MedianLogicCells:P1}, clock {error.MedianFmax:P1}, {error.Rows} rows");
        Assert.That(error.Rows, Is.GreaterThanOrEqualTo(25));
        Assert.That(error.MedianLogicCells, Is.LessThan(0.10));
        Assert.That(error.MedianFmax, Is.LessThan(0.15));
        Assert.That(error.RankLogicCells, Is.GreaterThan(0.95));
    }

    [Test]
    public void Block_memories_are_counted_as_yosys_counts_them() =>
        Assert.That(
            AreaModel.Hx8kTable().Select(r => AreaModel.Brams(r.Architecture)),
            Is.EqualTo(AreaModel.Hx8kTable().Select(r => r.Brams)));

    [Test]
    public void More_processing_elements_take_more_cells()
    {
        var small = new Architecture("", 2, 2, Dataflow.OutputStationary, 8, 8, 24, 3, 256, 256, 0, false);
        var large = small with { Rows = 4, Columns = 6 };
        Assert.That(AreaModel.Hx8k.Estimate(large).LogicCells, Is.GreaterThan(3 * AreaModel.Hx8k.Estimate(small).LogicCells));
    }

    [Test]
    public void A_table_is_read_as_it_is_written()
    {
        var rows = AreaModel.Hx8kTable();
        var text = string.Join('\n', [SynthesisRow.Header, .. rows.Select(r => r.ToCsv()), ""]);
        Assert.That(SynthesisRow.ReadTable(new StringReader(text)), Is.EqualTo(rows));
        Assert.That(() => SynthesisRow.ReadTable(new StringReader("a,b\n")), Throws.TypeOf<FormatException>());
    }
}
