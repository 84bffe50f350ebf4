using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Processes;

/// <summary>System tasks: those that only print or end a simulation have no effect, contents of memories are read, others are refused.</summary>
internal static class SystemTasks
{
    private static readonly HashSet<string> SimulationOnly =
    [
        "$display", "$displayb", "$displayh", "$displayo", "$write", "$writeb", "$writeh", "$writeo", "$strobe", "$strobeb", "$strobeh", "$strobeo",
        "$monitor", "$monitorb", "$monitorh", "$monitoro", "$monitoron", "$fdisplay", "$fwrite", "$fstrobe", "$fmonitor",
        "$monitoroff", "$finish", "$stop", "$error", "$warning", "$info", "$fatal", "$dumpfile", "$dumpvars", "$dumpon", "$dumpoff", "$dumpall",
        "$dumpflush", "$dumplimit", "$time", "$stime", "$realtime", "$timeformat", "$printtimescale", "$fflush", "$assertoff", "$asserton",
        "$assertkill", "$exit",
    ];

    public static void Execute(SystemTaskSyntax task, Scope scope, Execution x)
    {
        if (task.Name is "$readmemh" or "$readmemb")
        {
            ReadMemory(task, scope, x);
        }
        else if (SimulationOnly.Contains(task.Name))
        {
            x.Context.Report(BindingDiagnostics.SimulationOnly(task.Name, task.Origin.Span));
        }
        else if (task.Name is "$signed" or "$unsigned" or "$clog2" or "$bits" or "$countones")
        {
            // A value that is dropped.
        }
        else
        {
            throw new BindingException(BindingDiagnostics.RefusedSystemTask(task.Name, task.Origin.Span));
        }
    }

    private static void ReadMemory(SystemTaskSyntax task, Scope scope, Execution x)
    {
        var e = x.Context.Expressions;
        if (task.Arguments.Count is < 2 or > 4 || task.Arguments.Take(2).Any(a => a.Value is null))
        {
            throw new BindingException(BindingDiagnostics.WrongArguments(task.Name, 2, task.Arguments.Count, task.Origin.Span));
        }

        if (x.Mode != ExecutionMode.Initial)
        {
            throw new BindingException(BindingDiagnostics.UnsupportedStatement($"'{task.Name}' outside of an initial block", task.Origin.Span));
        }

        var name = e.Constant(task.Arguments[0].Value!, scope);
        var target = e.BindTarget(task.Arguments[1].Value!, scope);
        if (target is not SelectTarget { Select: { Signal: { IsArray: true } signal, Steps.Count: 0 } })
        {
            throw new BindingException(BindingDiagnostics.NotAnArray(task.Arguments[1].Origin.Span ?? task.Origin.Span));
        }

        var range = ((Types.UnpackedArrayType)signal.Type).Range;
        int? Bound(int index) => task.Arguments.Count > index && task.Arguments[index].Value is { } value ? e.Integer(value, scope) : null;
        var (first, last) = (Bound(2), Bound(3));
        var path = Text(name.Bits);
        var words = MemoryFile.Read(x.Context, path, task.Arguments[0].Value!, task.Name == "$readmemh" ? 4 : 1, signal.Element.Width, first ?? range.Low, last ?? range.High, range);
        foreach (var (index, value) in words)
        {
            var at = index - range.Low;
            if (at >= 0 && at < signal.Count)
            {
                x.State.Set(signal.Cells[at], new(x.Factory.Constant(value)));
            }
        }
    }

    private static string Text(BitVector bits)
    {
        var bytes = bits.Unsigned.ToByteArray(isUnsigned: true, isBigEndian: true);
        return System.Text.Encoding.Latin1.GetString(bytes).TrimStart('\0');
    }
}
