namespace NetDsl.Generators.Tests.Diagnostics;

/// <summary>Mistakes in how a network is declared.</summary>
internal static class StructurePrograms
{
    private const string Whole = "[Network, Input(4), Dense(3), CrossEntropy] ";

    public static WrongProgram[] All { get; } =
    [
        new("NDSL0001", "the class is not partial", Whole + "class [|Net|];", Whole + "partial class Net;", "Net must be partial"),
        new("NDSL0001", "the class around it is not partial",
            "class Outer { " + Whole + "partial class [|Net|]; }",
            "partial class Outer { " + Whole + "partial class Net; }",
            "Outer must be partial, because the network Net is nested in it"),
        new("NDSL0001", "a record is not partial", Whole + "record [|Net|];", Whole + "partial record Net;", "Net must be partial"),

        new("NDSL0002", "layers on two declarations",
            "[Network, Input(4), Dense(3)] partial class [|Net|]; [CrossEntropy] partial class Net;",
            "[Network] partial class Net; [Input(4), Dense(3), CrossEntropy] partial class Net;",
            "Layer attributes", "Net"),

        new("NDSL0003", "the first layer needs a tensor",
            "[Network] [[|Dense(3)|]] [CrossEntropy] partial class Net;",
            "[Network] [Input(4)] [Dense(3)] [CrossEntropy] partial class Net;",
            "Net", "[Input]"),
        new("NDSL0003", "a learned tensor and no input", "[Network, Parameter(3), Dense(2)] partial class [|Net|];", "[Network, Input(3), Dense(2)] partial class Net;", "Net", "[Input]"),
        new("NDSL0003", "no layers at all", "[Network] partial class [|Net|];", "partial class Net;", "Net", "[Input]"),

        new("NDSL0004", "a misspelt name",
            """[Network, Input(4), Dense(4, Name = "stem"), Dense(4, Name = "head"), From([|"stm"|]), Dense(3), CrossEntropy] partial class Net;""",
            """[Network, Input(4), Dense(4, Name = "stem"), From("stem"), Dense(3), CrossEntropy] partial class Net;""",
            "\"stm\"", "did you mean \"stem\"?"),
        new("NDSL0004", "names resolve backwards",
            """[Network, Input(4), From([|"later"|]), Dense(4, Name = "later"), CrossEntropy] partial class Net;""",
            """[Network, Input(4), From("input"), Dense(4, Name = "later"), CrossEntropy] partial class Net;""",
            "\"later\""),

        new("NDSL0005", "two layers of one name",
            """[Network, Input(4), Dense(4, Name = "a"), Dense(3, Name = [|"a"|]), CrossEntropy] partial class Net;""",
            """[Network, Input(4), Dense(4, Name = "a"), Dense(3, Name = "b"), CrossEntropy] partial class Net;""",
            "\"a\""),

        new("NDSL0008", "a tensor that nobody reads",
            """[Network, Input(4, Name = "x"), [|Dense(5)|], From("x"), Dense(3), CrossEntropy] partial class Net;""",
            """[Network, Input(4, Name = "x"), Dense(5), Output("side"), From("x"), Dense(3), CrossEntropy] partial class Net;""",
            "Dense1", "(5)"),

        new("NDSL0008", "a dropout that nobody reads, which prediction would not tell from its operand",
            """[Network, Input(4), Dense(5, Name = "a"), [|Dropout(0.5)|], From("a"), Dense(3), CrossEntropy] partial class Net;""",
            """[Network, Input(4), Dense(5, Name = "a"), Dropout(0.5), Add("a"), Dense(3), CrossEntropy] partial class Net;""",
            "Dropout1", "(5)"),

        new("NDSL0010", "layers without a network",
            "[[|Dense(3)|], CrossEntropy] class Net;",
            "[System.Serializable] class Net;",
            "Net", "[Network]", "[Block]"),

        new("NDSL0012", "an input inside a block",
            "[Network, Input(4), [|Block<B>|], Dense(3), CrossEntropy] partial class Net; [Block, {|Input(4)|}] class B;",
            "[Network, Input(4), Block<B>, Dense(3), CrossEntropy] partial class Net; [Block, Dense(4)] class B;",
            "In B1: ", "[Input] is not allowed here"),

        new("NDSL0013", "a static class", Whole + "static partial class [|Net|];", Whole + "sealed partial class Net;", "it is static"),
        new("NDSL0013", "the name of a generated member", Whole + "partial class [|Predict|];", Whole + "partial class Predictor;", "a member that every network has"),
        new("NDSL0013", "an abstract class", Whole + "abstract partial class [|Net|];", Whole + "partial class Net;", "it is abstract"),
        new("NDSL0013", "a generic class", Whole + "partial class [|Net|]<T>;", Whole + "partial class Net;", "it is generic"),
        new("NDSL0013", "nested in a generic class",
            "partial class Outer<T> { " + Whole + "partial class [|Net|]; }",
            "partial class Outer { " + Whole + "partial class Net; }",
            "nested in the generic type Outer"),
        new("NDSL0013", "a file-local class", Whole + "file partial class [|Net|];", Whole + "partial class Net;", "local to its file"),
        new("NDSL0013", "a primary constructor",
            Whole + "partial class [|Net|](int x) { public int X => x; }",
            Whole + "partial class Net { public int X { get; set; } }",
            "it has a primary constructor"),
        new("NDSL0013", "a positional record", Whole + "partial record [|Net|](int X);", Whole + "partial record Net { public int X { get; set; } }", "it has a primary constructor"),
        new("NDSL0013", "a constructor of its own",
            Whole + "partial class [|Net|] { public Net() { } }",
            Whole + "partial class Net { static Net() { } }",
            "it has a constructor of its own"),
        new("NDSL0013", "a network as base class",
            Whole + "partial class Base { protected Base() : this(null!) { } } " + Whole + "partial class [|Net|] : Base;",
            Whole + "partial class Base { protected Base() : this(null!) { } } " + Whole + "partial class Net;",
            "it derives from the network Base"),
        new("NDSL0013", "a generic block",
            "[Network, Input(4), Block<B<int>>, Dense(3), CrossEntropy] partial class Net; [Block, Dense(4)] class [|B|]<T>;",
            "[Network, Input(4), Block<B>, Dense(3), CrossEntropy] partial class Net; [Block, Dense(4)] class B;",
            "B cannot be a block: it is generic"),
    ];
}
