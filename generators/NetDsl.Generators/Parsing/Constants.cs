using System.Globalization;
using Microsoft.CodeAnalysis;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Parsing;

/// <summary>The compiler's constants as the model's: int, double, bool, string, enum members and arrays of these.</summary>
internal static class Constants
{
    /// <summary>The value; <see langword="null"/> where the language has no such kind (a type, a character, a long beyond int).</summary>
    public static ValueExpression? Read(TypedConstant constant)
    {
        if (constant.IsNull) return new ValueExpression.Constant(null);
        if (constant.Kind != TypedConstantKind.Array) return Read(constant.Value, constant.Type);
        var items = new ValueExpression[constant.Values.Length];
        for (int i = 0; i < items.Length; i++)
        {
            if (Read(constant.Values[i]) is not { } item) return null;
            items[i] = item;
        }

        return new ValueExpression.Array(new(items));
    }

    /// <summary>A single value with its C# type.</summary>
    public static ValueExpression? Read(object? value, ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumType && value is not null)
            return new ValueExpression.Constant(Member(enumType, value));
        return value switch
        {
            null => new ValueExpression.Constant(null),
            int or double or bool or string => new ValueExpression.Constant(value),
            float f => new ValueExpression.Constant((double)f),
            byte or sbyte or short or ushort => new ValueExpression.Constant(Convert.ToInt32(value, CultureInfo.InvariantCulture)),
            uint and <= int.MaxValue or long and >= int.MinValue and <= int.MaxValue or ulong and <= int.MaxValue =>
                new ValueExpression.Constant(Convert.ToInt32(value, CultureInfo.InvariantCulture)),
            _ => null,
        };
    }

    /// <summary>The members of an enum by value; of several names for one value, the first.</summary>
    public static EquatableArray<EnumValue> Members(INamedTypeSymbol enumType) => enumType.GetMembers()
        .OfType<IFieldSymbol>()
        .Where(field => field.HasConstantValue)
        .Select(field => new EnumValue(enumType.Name, field.Name, ToLong(field.ConstantValue!)))
        .GroupBy(member => member.Value)
        .Select(sameValue => sameValue.First())
        .OrderBy(member => member.Value)
        .ToEquatableArray();

    private static EnumValue Member(INamedTypeSymbol enumType, object value)
    {
        long number = ToLong(value);
        IFieldSymbol? field = enumType.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.HasConstantValue && ToLong(f.ConstantValue!) == number);
        return new EnumValue(enumType.Name, field?.Name ?? number.ToString(CultureInfo.InvariantCulture), number);
    }

    private static long ToLong(object value) =>
        value is ulong u ? unchecked((long)u) : Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
