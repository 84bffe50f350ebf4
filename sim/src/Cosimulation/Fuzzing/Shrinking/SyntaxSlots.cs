using System.Collections.Concurrent;
using System.Reflection;
using HwSeed.Hdl;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Sim.Cosimulation.Fuzzing.Shrinking;

/// <summary>
/// A place of a syntax node for other nodes: a child, or a list of children. Found by reflection, since what shrinks a tree
/// wants to do the same to every kind of node there is and will be.
/// </summary>
/// <param name="property">The node's property.</param>
/// <param name="element">Type of the children.</param>
/// <param name="isList">Whether it is a list.</param>
/// <param name="isOptional">Whether a single child may be missing.</param>
internal sealed class SyntaxSlot(PropertyInfo property, Type element, bool isList, bool isOptional)
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<SyntaxSlot>> s_slots = new();
    private static readonly MethodInfo s_clone = typeof(object).GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)!;
    private static readonly MethodInfo s_list = typeof(SyntaxSlot).GetMethod(nameof(List), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>Type of the children.</summary>
    public Type Element => element;

    /// <summary>Whether the children are a list.</summary>
    public bool IsList => isList;

    /// <summary>Whether there may be no child.</summary>
    public bool IsOptional => isOptional;

    /// <summary>The places of a kind of node, in order.</summary>
    public static IReadOnlyList<SyntaxSlot> Of(SyntaxNode node) => s_slots.GetOrAdd(node.GetType(), Find);

    /// <summary>The children that stand there.</summary>
    public IReadOnlyList<SyntaxNode> Children(SyntaxNode node) => property.GetValue(node) switch
    {
        null => [],
        SyntaxNode child => [child],
        IEnumerable<SyntaxNode> children => [.. children],
        _ => throw new System.Diagnostics.UnreachableException(property.Name),
    };

    /// <summary>A copy of the node with other children there.</summary>
    public SyntaxNode With(SyntaxNode node, IReadOnlyList<SyntaxNode> children)
    {
        var copy = (SyntaxNode)s_clone.Invoke(node, null)!;
        property.SetValue(copy, isList ? s_list.MakeGenericMethod(element).Invoke(null, [children]) : children.FirstOrDefault());
        return copy;
    }

    private static EquatableArray<T> List<T>(IReadOnlyList<SyntaxNode> children) => children.Cast<T>().ToEquatableArray();

    private static List<SyntaxSlot> Find(Type type)
    {
        var nullability = new NullabilityInfoContext();
        var found = new List<SyntaxSlot>();
        foreach (var property in type.GetProperties().Where(p => p.CanWrite))
        {
            var inner = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (inner.IsAssignableTo(typeof(SyntaxNode)))
            {
                found.Add(new(property, inner, false, nullability.Create(property).WriteState == NullabilityState.Nullable));
            }
            else if (inner.IsGenericType && inner.GetGenericTypeDefinition() == typeof(EquatableArray<>)
                && inner.GetGenericArguments()[0] is var item && item.IsAssignableTo(typeof(SyntaxNode)))
            {
                found.Add(new(property, item, true, false));
            }
        }

        return found;
    }
}
