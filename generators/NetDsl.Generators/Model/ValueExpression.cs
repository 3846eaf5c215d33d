namespace NetDsl.Generators.Model;

/// <summary>
/// The value of an attribute argument. In a network it is a constant; in a block it is an
/// expression over the block's constants, which each use of the block fills in.
/// </summary>
internal abstract record ValueExpression
{
    /// <summary>A folded constant: <see cref="int"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="string"/> or an <see cref="EnumValue"/>.</summary>
    public sealed record Constant(object? Value) : ValueExpression
    {
        public override string ToString() => Value switch
        {
            null => "null",
            string s => "\"" + s + "\"",
            bool b => b ? "true" : "false",
            double d => d.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
            _ => Convert.ToString(Value, System.Globalization.CultureInfo.InvariantCulture)!,
        };
    }

    /// <summary>A constant of the enclosing block, by name.</summary>
    public sealed record ParameterReference(string Name) : ValueExpression
    {
        public override string ToString() => Name;
    }

    /// <summary><c>-x</c>, <c>!x</c> or <c>+x</c>.</summary>
    public sealed record Unary(string Operator, ValueExpression Operand) : ValueExpression
    {
        public override string ToString() => Operator + Operand;
    }

    /// <summary><c>+ - * / %</c>, comparisons, <c>&amp;&amp;</c> and <c>||</c>, with C#'s meaning for int, double and bool.</summary>
    public sealed record Binary(string Operator, ValueExpression Left, ValueExpression Right) : ValueExpression
    {
        public override string ToString() => $"({Left} {Operator} {Right})";
    }

    /// <summary><c>condition ? then : otherwise</c>.</summary>
    public sealed record Conditional(ValueExpression Condition, ValueExpression Then, ValueExpression Otherwise) : ValueExpression
    {
        public override string ToString() => $"({Condition} ? {Then} : {Otherwise})";
    }

    /// <summary>The elements of a <c>params</c> or array argument.</summary>
    public sealed record Array(EquatableArray<ValueExpression> Items) : ValueExpression
    {
        public override string ToString() => Items.ToString();
    }
}

/// <summary>A member of an enum, by its type's simple name, its own name and its value.</summary>
internal sealed record EnumValue(string Type, string Member, long Value)
{
    public override string ToString() => Type + "." + Member;
}
