using System.Reflection;
using NetDsl.Generators.Shapes;
using Xunit;

namespace NetDsl.Generators.Tests.Shapes;

/// <summary>Attributes, rules and docs/language.md name the same layers, arguments and members.</summary>
public sealed class LanguageTests
{
    /// <summary>Kinds that the builder itself handles, since they contain layers.</summary>
    private static readonly string[] Structural = ["Block", "Residual"];

    private static readonly Type[] Attributes =
    [
        .. typeof(LayerAttribute).Assembly.GetExportedTypes().Where(t => !t.IsAbstract && typeof(LayerAttribute).IsAssignableFrom(t)),
    ];

    public static TheoryData<Type> Layers => [.. Attributes];

    [Fact]
    public void EveryRuleHasAnAttributeAndEveryAttributeARule()
    {
        Assert.NotEmpty(Attributes);
        IEnumerable<string> kinds = Attributes.Select(Kind).Distinct().Except(Structural).Order(StringComparer.Ordinal);
        Assert.Equal(LayerCatalog.Kinds, kinds);
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void EveryLayerHasARowWithEachOfItsArguments(Type attribute)
    {
        string row = Assert.Single(Rows, line => line.StartsWith($"| `{Spelling(attribute)}` |", StringComparison.Ordinal));
        string[] cells = row.Replace(@"\|", "", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries)[1..^1];
        Assert.Equal(6, cells.Length);
        foreach (string argument in Arguments(attribute)) Assert.Contains($"`{argument}`", cells[1], StringComparison.Ordinal);
        Assert.All(cells[..5], cell => Assert.NotEmpty(cell));
    }

    [Fact]
    public void TheDefaultsInTheDocsAreThoseOfTheAttributes()
    {
        foreach (Type attribute in Attributes.Where(t => !t.IsGenericType))
        {
            string cell = Rows.Single(line => line.StartsWith($"| `{Spelling(attribute)}` |", StringComparison.Ordinal)).Split('|')[2];
            ConstructorInfo constructor = attribute.GetConstructors()[0];
            object instance = constructor.Invoke([.. constructor.GetParameters().Select(p => p.HasDefaultValue ? p.DefaultValue : Example(p.ParameterType))]);
            foreach (PropertyInfo property in Settable(attribute).Where(p => cell.Contains($"`{p.Name}` = ", StringComparison.Ordinal) && p.Name != "Stride"))
            {
                string shown = property.GetValue(instance) switch
                {
                    true => "true",
                    false => "false",
                    1e-5 => "1e-5",
                    1e-6 => "1e-6",
                    var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
                };
                Assert.Contains($"`{property.Name}` = {shown}", cell, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void EnumsHaveTheMembersThatTheRulesKnow()
    {
        Assert.Equal(Enum.GetNames<Activation>(), Activations.Kinds);

        // These are given by a layer, never by the user.
        string[] initializers = [.. Enum.GetNames<Initializer>().Except([nameof(Initializer.Constant), nameof(Initializer.ForgetOnes), nameof(Initializer.Sinusoidal), nameof(Initializer.RotaryCosine), nameof(Initializer.RotarySine)])];
        Assert.Equal(initializers, Initializers.Names);
        Assert.All(Enum.GetNames<Activation>().Concat(initializers), member => Assert.Contains(Rows, row => row.Contains($"`{member}`", StringComparison.Ordinal)));
        Assert.All(Enum.GetNames<Padding>(), member => Assert.Contains(Rows, row => row.Contains($"`Padding.{member}`", StringComparison.Ordinal)));
    }

    /// <summary>C# allows these types as arguments of attributes only.</summary>
    [Theory]
    [MemberData(nameof(Layers))]
    public void PropertiesAreLegalInAttributes(Type attribute) =>
        Assert.All(Settable(attribute), property => Assert.True(
            property.PropertyType == typeof(int) || property.PropertyType == typeof(double) || property.PropertyType == typeof(bool)
                || property.PropertyType == typeof(string) || property.PropertyType == typeof(double[]) || property.PropertyType == typeof(int[]) || property.PropertyType.IsEnum,
            $"{attribute.Name}.{property.Name}"));

    private static readonly string[] Rows = [.. File.ReadAllLines(Document()).Where(line => line.StartsWith('|'))];

    private static string Kind(Type attribute) => attribute.Name.Split('`')[0][..^"Attribute".Length];

    private static string Spelling(Type attribute) =>
        Kind(attribute) + (attribute.IsGenericType ? $"<{string.Join(", ", attribute.GetGenericArguments().Select(a => a.Name))}>" : "");

    private static IEnumerable<string> Arguments(Type attribute) =>
        attribute.GetConstructors().SelectMany(c => c.GetParameters()).Select(p => p.Name!).Distinct()
            .Concat(Settable(attribute).Select(p => p.Name).Where(name => name is not (nameof(LayerAttribute.Name) or nameof(LayerAttribute.WeightsOf))));

    private static IEnumerable<PropertyInfo> Settable(Type attribute) => attribute.GetProperties().Where(p => p.CanWrite);

    private static object Example(Type type) =>
        type == typeof(string) ? "x" : type.IsArray ? Array.CreateInstance(type.GetElementType()!, 1) : Activator.CreateInstance(type)!;

    internal static string Document()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "docs", "language.md");
            if (File.Exists(path)) return path;
        }

        throw new FileNotFoundException("docs/language.md is in no folder above the tests.");
    }
}
