namespace NetDsl.Generators.Shapes;

/// <summary>Every layer by its kind.</summary>
internal static class LayerCatalog
{
    private static readonly Dictionary<string, Layer> Layers = typeof(Layer).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(Layer).IsAssignableFrom(type))
        .Select(type => (Layer)Activator.CreateInstance(type)!)
        .ToDictionary(layer => layer.Kind, StringComparer.Ordinal);

    /// <summary>Kinds in ordinal order.</summary>
    public static IEnumerable<string> Kinds => Layers.Keys.OrderBy(kind => kind, StringComparer.Ordinal);

    public static Layer? Find(string kind) => Layers.TryGetValue(kind, out Layer? layer) ? layer : null;
}
