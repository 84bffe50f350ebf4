using System.Numerics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Hierarchy;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Processes;

namespace HwSeed.Hdl.Verilog.Binding.Assembly;

/// <summary>Resolves nets whose drivers may leave bits at z, and nets that join their drivers by and or or.</summary>
internal sealed class TristateNets(ModuleBody body)
{
    private readonly ExpressionFactory _f = body.Factory;

    /// <summary>
    /// The value of a cell and the mask of the bits that anything drives. Where several drive one bit at a time the
    /// result is their or, as in Verilator.
    /// </summary>
    public (Expression Value, Expression Drives) Resolve(Cell cell)
    {
        var drivers = body.Drivers.Where(d => ReferenceEquals(d.Cell, cell)).ToList();
        var net = cell.Signal.NetType;
        if (drivers.Any(d => d.Source.Edges is not null || d.Source.IsProcess) && drivers.Count > 1)
        {
            throw new BindingException(BindingDiagnostics.Tristate($"'{cell.Signal.Path}' is driven by a process and by others", cell.Signal.Declaration.Origin.Span));
        }

        var isAnd = net is "wand" or "triand";
        Expression value = isAnd ? _f.Ones(cell.Width) : _f.Constant(0, cell.Width);
        Expression drives = _f.Constant(0, cell.Width);
        foreach (var driver in drivers)
        {
            var (v, d) = Whole(cell, driver);
            value = isAnd ? _f.And(value, _f.Or(v, _f.Not(d))) : _f.Or(value, drivers.Count == 1 ? v : _f.And(v, d));
            drives = _f.Or(drives, d);
        }

        value = isAnd && drivers.Count == 0 ? _f.Constant(0, cell.Width) : value;
        return net switch
        {
            "supply1" => (_f.Ones(cell.Width), _f.Ones(cell.Width)),
            "supply0" => (_f.Constant(0, cell.Width), _f.Ones(cell.Width)),
            "tri1" => (_f.Or(_f.And(value, drives), _f.Not(drives)), _f.Ones(cell.Width)),
            "tri0" => (_f.And(value, drives), _f.Ones(cell.Width)),
            _ => (value, drives),
        };
    }

    private (Expression Value, Expression Drives) Whole(Cell cell, Driver driver)
    {
        var value = new Pieces(_f.Constant(0, cell.Width));
        var drives = new Pieces(_f.Constant(0, cell.Width));
        for (var i = 0; i < driver.Pieces.Count; i++)
        {
            var piece = driver.Pieces[i];
            value = value.Write(_f, piece.Low, piece.Value);
            drives = drives.Write(_f, piece.Low, driver.Drives?[i] ?? _f.Constant((BigInteger.One << piece.Width) - 1, piece.Width));
        }

        return (value.Whole(_f), drives.Whole(_f));
    }
}
