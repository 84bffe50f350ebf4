using System.Diagnostics.CodeAnalysis;

namespace HwSeed.Hdl.Diagnostics;

/// <summary>A value made from input, or the diagnostics that say why there is none.</summary>
/// <typeparam name="T">What the input describes.</typeparam>
public sealed class Checked<T>
    where T : class
{
    internal Checked(T? value, EquatableArray<Diagnostic> diagnostics) => (Value, Diagnostics) = (value, diagnostics);

    /// <summary>The value; null when an error was found.</summary>
    public T? Value { get; }

    /// <summary>Errors, warnings and infos in the order found.</summary>
    public EquatableArray<Diagnostic> Diagnostics { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsOk => Value is not null;

    /// <summary>The value, or an <see cref="InvalidInputException"/> that carries the diagnostics.</summary>
    public T OrThrow() => Value ?? throw new InvalidInputException(Diagnostics);

    /// <summary>Goes on with the value when there is one; keeps all diagnostics.</summary>
    public Checked<TNext> Then<TNext>(Func<T, Checked<TNext>> next)
        where TNext : class
    {
        if (!IsOk)
        {
            return new(null, Diagnostics);
        }

        var following = next(Value);
        return new(following.Value, [.. Diagnostics, .. following.Diagnostics]);
    }
}

/// <summary>Makes <see cref="Checked{T}"/> values.</summary>
public static class Checked
{
    /// <summary>A value, perhaps with warnings.</summary>
    public static Checked<T> Ok<T>(T value, params IEnumerable<Diagnostic> warnings)
        where T : class => new(value, warnings.ToEquatableArray());

    /// <summary>No value.</summary>
    public static Checked<T> Fail<T>(params IEnumerable<Diagnostic> diagnostics)
        where T : class => new(null, diagnostics.ToEquatableArray());

    /// <summary>The value when no diagnostic is an error, else a failure with all of them.</summary>
    public static Checked<T> From<T>(T value, IReadOnlyCollection<Diagnostic> diagnostics)
        where T : class =>
        diagnostics.Any(d => d.Severity == Severity.Error) ? Fail<T>(diagnostics) : Ok(value, diagnostics);
}

/// <summary>Bad input that a caller did not ask to handle; the command line turns it into exit code 2.</summary>
public sealed class InvalidInputException(EquatableArray<Diagnostic> diagnostics)
    : Exception(string.Join("\n", diagnostics))
{
    /// <summary>What was wrong.</summary>
    public EquatableArray<Diagnostic> Diagnostics { get; } = diagnostics;

    /// <summary>An exception for one diagnostic.</summary>
    public static InvalidInputException Of(Diagnostic diagnostic) => new([diagnostic]);
}
