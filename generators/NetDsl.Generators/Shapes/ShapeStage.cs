using NetDsl.Generators.IR;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Shapes;

/// <summary>The stage's entry: a spec to its typed graphs, or to what does not fit.</summary>
internal static class ShapeStage
{
    private static readonly Dictionary<NetworkSpec, ShapeResult> Memo = [];
    private static readonly Queue<NetworkSpec> Order = new();

    /// <summary>
    /// Builds both graphs. The last results are kept by the spec's value, since the generator and the analyzer ask for
    /// the same one.
    /// </summary>
    public static ShapeResult Run(NetworkSpec spec)
    {
        lock (Memo)
        {
            if (Memo.TryGetValue(spec, out ShapeResult? known)) return known;
        }

        ShapeResult result = Build(spec);
        lock (Memo)
        {
            if (Memo.ContainsKey(spec)) return result;
            if (Order.Count == 64) Memo.Remove(Order.Dequeue());
            Memo.Add(spec, result);
            Order.Enqueue(spec);
        }

        return result;
    }

    private static ShapeResult Build(NetworkSpec spec)
    {
        if (spec.Incomplete || spec.Errors.Length > 0)
            return new ShapeResult(null, null, EquatableArray<LayerRow>.Empty, spec.Incomplete ? EquatableArray<SpecDiagnostic>.Empty : spec.Errors);

        // Training first: tensors that prediction does not tell apart are still two there, one of which nobody may read.
        var (training, rows, diagnostics) = new NetworkBuilder(spec).Build();
        if (training is null) return new ShapeResult(null, null, rows.ToEquatableArray(), diagnostics.ToEquatableArray());
        (Graph? inference, rows, diagnostics) = new NetworkBuilder(spec, training).Build();
        return new ShapeResult(inference is null ? null : training, inference, rows.ToEquatableArray(), diagnostics.ToEquatableArray());
    }
}
