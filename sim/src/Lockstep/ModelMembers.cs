using System.Text;

namespace HwSeed.Sim.Lockstep;

/// <summary>What Verilator calls the members of a model.</summary>
internal static class ModelMembers
{
    private static readonly HashSet<string> s_keywords =
    [
        "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break", "case", "catch", "char",
        "class", "compl", "const", "constexpr", "continue", "decltype", "default", "delete", "do", "double", "else", "enum",
        "explicit", "export", "extern", "false", "final", "float", "for", "friend", "goto", "if", "inline", "int", "long",
        "mutable", "namespace", "new", "noexcept", "not", "not_eq", "nullptr", "operator", "or", "or_eq", "override",
        "private", "protected", "public", "register", "return", "short", "signed", "sizeof", "static", "struct", "switch",
        "template", "this", "throw", "true", "try", "typedef", "typeid", "typename", "union", "unsigned", "using",
        "virtual", "void", "volatile", "while", "xor", "xor_eq",
    ];

    /// <summary>Whether C++ has the name for itself: Verilator puts <c>__SYM__</c> before it.</summary>
    public static bool IsKeyword(string name) => s_keywords.Contains(name);

    /// <summary>The name of the model's member for a port: Verilator spells out what C++ names cannot have.</summary>
    public static string Of(string name)
    {
        var member = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (i == 0 ? char.IsAsciiLetter(c) : char.IsAsciiLetterOrDigit(c))
            {
                member.Append(c);
            }
            else if (c == '_' && i + 1 < name.Length && name[i + 1] == '_')
            {
                member.Append("___05F");
                i++;
            }
            else if (c == '_')
            {
                member.Append(c);
            }
            else
            {
                member.Append($"__0{(int)c:x2}");
            }
        }

        return member.ToString();
    }
}
