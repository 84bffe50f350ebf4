using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HwSeed.Sim.Compilation.Lanes;

/// <summary>Finds the vector methods that the JIT turns into single instructions.</summary>
internal static class VectorMethods
{
    private static readonly ConcurrentDictionary<string, MethodInfo> s_found = new();

    /// <summary>The unsigned number type of an element.</summary>
    public static Type Unsigned(int element) => element switch
    {
        1 => typeof(byte),
        2 => typeof(ushort),
        4 => typeof(uint),
        _ => typeof(ulong),
    };

    /// <summary>The vector type with unsigned elements.</summary>
    public static Type Vector(LaneType type) => Vector(type.Bytes, Unsigned(type.Element));

    /// <summary>A method of Vector128, Vector256 or Vector512 on unsigned elements.</summary>
    public static MethodInfo Of(LaneType type, string name, params Type[] parameters) =>
        Of(type.Bytes, name, Unsigned(type.Element), parameters);

    /// <summary>A method of Vector128, Vector256 or Vector512 on elements of a type.</summary>
    public static MethodInfo Of(int bytes, string name, Type element, params Type[] parameters) =>
        Find(Holder(bytes), name, [element], parameters);

    /// <summary>Takes a vector for one of other elements.</summary>
    public static MethodInfo As(int bytes, Type from, Type to) => Find(Holder(bytes), "As", [from, to], [Vector(bytes, from)]);

    /// <summary>Widens the low elements of the loaded vector.</summary>
    public static MethodInfo Widen(LaneType to, int loadedBytes, Type from)
    {
        var name = $"ConvertToVector{8 * to.Bytes}Int{to.ElementBits}";
        var holder = to.Bytes == 16 ? typeof(Sse41) : to.Bytes == 32 ? typeof(Avx2) : to.Element == 2 ? typeof(Avx512BW) : typeof(Avx512F);
        return Find(holder, name, [], [Vector(loadedBytes, from)]);
    }

    /// <summary>Cuts elements, with AVX-512.</summary>
    public static MethodInfo Cut(LaneType from, int size)
    {
        var (target, bytes) = (Unsigned(size), Math.Max(16, from.Lanes * size));
        var holder = (from.Element == 2, from.Bytes == 64) switch
        {
            (true, true) => typeof(Avx512BW),
            (true, false) => typeof(Avx512BW.VL),
            (false, true) => typeof(Avx512F),
            (false, false) => typeof(Avx512F.VL),
        };
        return Find(holder, $"ConvertToVector{8 * bytes}{target.Name}", [], [Vector(from)]);
    }

    /// <summary>Any order of the bytes of each 16, and zeros.</summary>
    public static MethodInfo ShuffleBytes(int bytes) => Find(
        bytes == 16 ? typeof(Ssse3) : bytes == 32 ? typeof(Avx2) : typeof(Avx512BW), "Shuffle", [],
        [Vector(bytes, typeof(byte)), Vector(bytes, typeof(byte))]);

    /// <summary>Shifts each lane by its own count.</summary>
    public static MethodInfo ShiftBy(LaneType type, LaneOperation operation)
    {
        var holder = type.Bytes == 64 ? typeof(Avx512F) : typeof(Avx2);
        var isSigned = operation == LaneOperation.ShiftRightSignedBy;
        if (isSigned && type is { Bytes: 32, Element: 8 })
        {
            holder = typeof(Avx512F.VL);
        }

        var value = Vector(type.Bytes, isSigned ? type.Element == 4 ? typeof(int) : typeof(long) : Unsigned(type.Element));
        return Find(holder, operation switch
        {
            LaneOperation.ShiftLeftBy => "ShiftLeftLogicalVariable",
            LaneOperation.ShiftRightBy => "ShiftRightLogicalVariable",
            _ => "ShiftRightArithmeticVariable",
        }, [], [value, Vector(type)]);
    }

    /// <summary>Any lanes of two vectors, with AVX-512.</summary>
    public static MethodInfo PermuteTwo(LaneType type)
    {
        var holder = (type.Element, type.Bytes == 64) switch
        {
            (1, true) => typeof(Avx512Vbmi),
            (1, false) => typeof(Avx512Vbmi.VL),
            (2, true) => typeof(Avx512BW),
            (2, false) => typeof(Avx512BW.VL),
            (_, true) => typeof(Avx512F),
            _ => typeof(Avx512F.VL),
        };
        var vector = Vector(type);
        return Find(holder, $"PermuteVar{type.Lanes}x{type.ElementBits}x2", [], [vector, vector, vector]);
    }

    public static Type Vector(int bytes, Type element) => (bytes switch
    {
        16 => typeof(Vector128<>),
        32 => typeof(Vector256<>),
        _ => typeof(Vector512<>),
    }).MakeGenericType(element);

    private static Type Holder(int bytes) =>
        bytes == 16 ? typeof(Vector128) : bytes == 32 ? typeof(Vector256) : typeof(Vector512);

    private static MethodInfo Find(Type holder, string name, Type[] arguments, Type[] parameters) => s_found.GetOrAdd(
        $"{holder} {name} {string.Join(',', arguments.Concat(parameters))}",
        _ => Candidates(holder, name, arguments)
            .First(m => m.GetParameters().Select(p => p.ParameterType).SequenceEqual(parameters)));

    private static IEnumerable<MethodInfo> Candidates(Type holder, string name, Type[] arguments) => holder
        .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(m => m.Name == name)
        .Select(m => !m.IsGenericMethodDefinition ? m
            : m.GetGenericArguments().Length == arguments.Length ? m.MakeGenericMethod(arguments) : null)
        .OfType<MethodInfo>();
}
