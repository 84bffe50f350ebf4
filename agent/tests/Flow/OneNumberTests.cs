using HwSeed.Agent.Flow;
using HwSeed.Agent.Tests.Loop;
using HwSeed.Hdl.Architectures;
using HwSeed.Kernels;
using HwSeed.Kernels.Ilgpu;
using HwSeed.Kernels.Managed;
using HwSeed.Kernels.OpenCl;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Tests.Flow;

/// <summary>One GEMM everywhere: chip simulator, Verilator, and the kernels made from the same mapping.</summary>
[Category("verilator")]
[Category("opencl")]
public sealed class OneNumberTests
{
    [Test]
    public async Task Simulator_Verilator_and_all_kernels_give_the_same_bits([Values] Dataflow dataflow)
    {
        SmallGoal.NeedTools(ExternalTool.Verilator, ExternalTool.Compiler);
        var architecture = new Architecture(
            "one", 3, 4, dataflow, 8, 8, 26, 2, 128, 128, dataflow == Dataflow.OutputStationary ? 0 : 64, true);
        var (found, _) = EngineCase.Best(architecture, new(19, 45, 22), new(11));
        var test = found!;
        using var folder = new TemporaryFolder();
        var chip = (await EngineVerification.RunAsync(architecture, [test], folder.Path)).OrThrow().Cases[0];
        Assert.That(chip.Passed, chip.Verdict);

        var expected = HostStreams.Unpack(test.Mapping.Architecture, test.Stream, chip.Lockstep.OutputsRead);
        var plan = KernelPlan.From(test.Mapping);
        var opencl = OpenClBackend.Open();
        if (!opencl.IsOk && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(opencl.Diagnostics[0].ToString());
        }

        IBackend?[] backends = [new ManagedBackend(), new ScalarBackend(), new IlgpuBackend(forceCpu: true), opencl.Value];
        foreach (var backend in backends.OfType<IBackend>())
        {
            using (backend)
            {
                using var gemm = backend.Prepare(plan, Narrow(test.Weights), test.Mapping.Shape.K, test.Mapping.Shape.N);
                var result = new int[expected.Length];
                gemm.Multiply(Narrow(test.Activations), test.Mapping.Shape.M, result);
                Assert.That(result, Is.EqualTo(expected), backend.Name);
            }
        }
    }

    private static sbyte[] Narrow(short[] operands) => Array.ConvertAll(operands, v => checked((sbyte)v));
}
