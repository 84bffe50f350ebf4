namespace HwSeed.Hdl.Lint;

/// <summary>What becomes of the findings of a rule.</summary>
public enum LintLevel
{
    /// <summary>They are dropped.</summary>
    Off,

    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Suspicious.</summary>
    Warning,

    /// <summary>The check fails.</summary>
    Error,
}
