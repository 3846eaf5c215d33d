namespace NetDsl.Generators.Model;

/// <summary>
/// What the user declared, and nothing of Roslyn: the output of Parsing and the input of Shapes.
/// Two specs are equal exactly when the same code is generated for them.
/// </summary>
/// <param name="Type">The class to extend.</param>
/// <param name="Layers">The layer attributes in source order.</param>
/// <param name="Blocks">Every block that is reached from <paramref name="Layers"/>, each once, ordered by name.</param>
/// <param name="Inspectable"><c>[Network(Inspectable = true)]</c>: every layer's output is kept in memory for <c>Inspect</c>.</param>
/// <param name="InputGradients"><c>[Network(InputGradients = true)]</c>: <c>Backward</c> also gives the gradient of the inputs.</param>
/// <param name="Errors">What Parsing itself found wrong; when there is any, Shapes does not run.</param>
/// <param name="Incomplete">An attribute is half typed: C# itself reports it and the other stages stay silent.</param>
/// <param name="Precision"><c>[Network(Precision = Precision.TF32)]</c>: how exactly matrix products are computed.</param>
internal sealed record NetworkSpec(
    TypeSpec Type,
    EquatableArray<LayerSpec> Layers,
    EquatableArray<BlockSpec> Blocks,
    bool Inspectable,
    bool InputGradients,
    EquatableArray<SpecDiagnostic> Errors,
    bool Incomplete,
    Precision Precision = Precision.Float32);

/// <summary>The user's class and the types it is nested in.</summary>
/// <param name="Namespace">Empty for the global namespace.</param>
/// <param name="Containing">Enclosing types, outermost first.</param>
/// <param name="Declaration">The class itself.</param>
/// <param name="MetadataName">Full metadata name (<c>A.B+C</c>).</param>
/// <param name="Documented">The class has a doc comment of its own.</param>
internal sealed record TypeSpec(
    string Namespace,
    EquatableArray<TypeDeclaration> Containing,
    TypeDeclaration Declaration,
    string MetadataName,
    bool Documented)
{
    public string Name => Declaration.Name;
}

/// <summary>How one type is declared, as needed to write another part of it.</summary>
/// <param name="Keyword"><c>class</c>, <c>struct</c>, <c>record</c>, ...</param>
/// <param name="Name">The name with its type parameters, as written in a declaration.</param>
/// <param name="Accessibility">As in C# (<c>public</c>, <c>internal</c>, <c>private protected</c>, ...).</param>
internal sealed record TypeDeclaration(string Keyword, string Name, string Accessibility);

/// <summary>A reusable piece of network, <c>[Block] partial class Basic { const int Width = 64; }</c>, or a whole one that is inserted into another.</summary>
/// <param name="Type">Full metadata name; the key by which layers refer to it.</param>
/// <param name="Name">Simple name; the kind in the paths of its tensors.</param>
/// <param name="Parameters">The constant fields in source order.</param>
/// <param name="Layers">The layer attributes in source order.</param>
/// <param name="Network">The class, where it is itself a network; <see langword="null"/> for a block.</param>
internal sealed record BlockSpec(
    string Type,
    string Name,
    EquatableArray<BlockParameter> Parameters,
    EquatableArray<LayerSpec> Layers,
    TypeSpec? Network = null);

/// <summary>A constant of a block and its default.</summary>
internal sealed record BlockParameter(string Name, ValueExpression Default);

/// <summary>One layer attribute.</summary>
/// <param name="Kind">The attribute's simple name without the suffix: <c>Dense</c>, <c>Conv2D</c>, <c>Residual</c>.</param>
/// <param name="TypeArguments">Blocks of <c>[Block&lt;T&gt;]</c>, the enum of <c>[CrossEntropy&lt;T&gt;]</c>.</param>
/// <param name="Arguments">Those that were given, by the parameter's or property's name.</param>
/// <param name="Source">The attribute.</param>
internal sealed record LayerSpec(
    string Kind,
    EquatableArray<TypeArgumentSpec> TypeArguments,
    EquatableArray<ArgumentSpec> Arguments,
    SourceRef Source);

/// <summary>A type argument of a layer attribute.</summary>
/// <param name="Type">Full metadata name.</param>
/// <param name="EnumMembers">The members of an enum in order of value; empty for a block.</param>
internal sealed record TypeArgumentSpec(string Type, EquatableArray<EnumValue> EnumMembers);

/// <summary>One argument that was given.</summary>
/// <param name="Parameter">The constructor parameter's name (<c>units</c>) or the property's (<c>Activation</c>).</param>
/// <param name="Value">Its value; a <c>params</c> argument is an <see cref="ValueExpression.Array"/>.</param>
internal sealed record ArgumentSpec(string Parameter, ValueExpression Value);

/// <summary>A diagnostic before it has a location in a document.</summary>
/// <param name="Id">The rule: a constant of <c>DiagnosticIds</c>.</param>
/// <param name="Arguments">What fills the rule's message.</param>
/// <param name="Location">Where it is reported.</param>
/// <param name="Additional">Further places that belong to it: a block's own attribute, the layer that produced the other shape.</param>
/// <param name="Within">Path of the use of a block in which it was found; empty in the network itself.</param>
internal sealed record SpecDiagnostic(
    string Id,
    EquatableArray<string> Arguments,
    SourceRef Location,
    EquatableArray<SourceRef> Additional,
    string Within = "");
