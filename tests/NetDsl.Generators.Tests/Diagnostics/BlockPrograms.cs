namespace NetDsl.Generators.Tests.Diagnostics;

/// <summary>Mistakes in blocks and in their use.</summary>
internal static class BlockPrograms
{
    public static WrongProgram[] All { get; } =
    [
        new("NDSL0002", "a block's constants on two declarations",
            "[Block, Dense(A + B)] partial class [|Two|] { const int A = 1; } partial class Two { const int B = 2; }",
            "[Block, Dense(A + B)] partial class Two { const int A = 1, B = 2; } partial class Two;",
            "Constants", "Two"),

        new("NDSL0006", "a block inserts itself",
            Net("[|Block<A>|]") + " [Block, {|Block<A>|}] class A;",
            Net("Block<A>") + " [Block, Dense(3)] class A;",
            "Block A contains itself: A -> A"),
        new("NDSL0006", "two blocks insert each other",
            Net("[|Block<A>|], [|Residual<B>|]") + " [Block, Dense(3), {|Residual<B>|}] class A; [Block, {|Block<A>|}] class B;",
            Net("Block<A>, Residual<B>") + " [Block, Dense(3), Residual<B>] class A; [Block, Dense(3)] class B;",
            " -> A", " -> B"),

        new("NDSL0007", "a class that is no block",
            Net("Block<[|A|]>") + " class A;",
            Net("Block<A>") + " [Block, Dense(3)] class A;",
            "A cannot be inserted: it has no [Block] attribute"),
        new("NDSL0007", "a network",
            Net("Block<[|Other|]>") + " [Network, Input(4), Dense(3), CrossEntropy] partial class Other;",
            Net("Block<Other>") + " [Block, Dense(3)] partial class Other;",
            "Other cannot be inserted: it is a [Network]"),
        new("NDSL0010", "a class with layers that is inserted as a block, reported once",
            Net("Block<A>") + " [[|Dense(3)|]] class A;",
            Net("Block<A>") + " [Block, Dense(3)] class A;",
            "A has layer attributes and is neither"),
        new("NDSL0007", "the second type argument",
            Net("Residual<A, [|B|]>") + " [Block, Dense(3)] class A; class B;",
            Net("Residual<A, B>") + " [Block, Dense(3)] class A; [Block, Dense(3)] class B;",
            "B cannot be inserted"),
        new("NDSL0007", "a class of another assembly",
            Net("Block<[|System.Text.StringBuilder|]>"),
            Net("Block<A>") + " [Block, Dense(3)] class A;",
            "StringBuilder cannot be inserted: it comes from", "source of the same project"),
        new("NDSL0007", "inside a block that two networks use, reported once",
            Net("Block<A>") + " [Network, Input(4), Block<A>, CrossEntropy] partial class Other; [Block, Block<[|B|]>] class A; class B;",
            Net("Block<A>") + " [Network, Input(4), Block<A>, CrossEntropy] partial class Other; [Block, Block<B>] class A; [Block, Dense(3)] class B;",
            "B cannot be inserted"),

        new("NDSL0009", "more arguments than constants",
            Net("Block<A>(3, [|4|])") + " [Block, Dense(Width)] class A { const int Width = 8; }",
            Net("Block<A>(3)") + " [Block, Dense(Width)] class A { const int Width = 8; }",
            "A has 1 constant and is given 2 arguments"),
        new("NDSL0009", "an argument of another kind",
            Net("Block<A>([|\"wide\"|])") + " [Block, Dense(Width)] class A { const int Width = 8; }",
            Net("Block<A>(16)") + " [Block, Dense(Width)] class A { const int Width = 8; }",
            "A takes an int for Width, not wide"),

        new("NDSL0011", "an operator that is not evaluated",
            Net("Block<A>") + " [Block, Dense([|Width << 1|])] class A { const int Width = 8; }",
            Net("Block<A>") + " [Block, Dense(Width * 2)] class A { const int Width = 8; }",
            "'Width << 1'"),
        new("NDSL0011", "a cast of a constant",
            "[Block, Dense(3, Name = \"a\"), Dense([|(int)(Width * 0.5)|])] class A { const int Width = 8; }",
            "[Block, Dense(3, Name = \"a\"), Dense(Width / 2)] class A { const int Width = 8; }",
            "'(int)(Width * 0.5)'"),
        new("NDSL0011", "a constant of a later one",
            "[Block, Dense(Width)] class A { const int Width = [|Half * 2|]; const int Half = 4; }",
            "[Block, Dense(Width)] class A { const int Half = 4; const int Width = Half * 2; }",
            "'Half' is declared after 'Width'"),
        new("NDSL0011", "a kind that the language has not",
            Net("Block<A>(3, [|'x'|])") + " [Block, Dense(Width)] class A { const int Width = 8, Other = 1; }",
            Net("Block<A>(3, 4)") + " [Block, Dense(Width)] class A { const int Width = 8, Other = 1; }",
            "''x''"),
        new("NDSL0011", "a division by what a use gives",
            Net("[|Block<A>(0)|]") + " [Block, Dense({|12 / Parts|})] class A { const int Parts = 4; }",
            Net("Block<A>(3)") + " [Block, Dense(12 / Parts)] class A { const int Parts = 4; }",
            "In A1: ", "divides by zero"),

        new("NDSL0020", "a wrong size inside a block of two networks, once per use",
            """
            [Network, Input(4), Dense(4), [|Block<A>(0)|], CrossEntropy] partial class One;
            [Network, Input(4), [|Block<A>(-3)|], CrossEntropy] partial class Two;
            [Block, Dense({|Width|})] class A { const int Width = 8; }
            """,
            """
            [Network, Input(4), Dense(4), Block<A>(2), CrossEntropy] partial class One;
            [Network, Input(4), Block<A>(3), CrossEntropy] partial class Two;
            [Block, Dense(Width)] class A { const int Width = 8; }
            """,
            "In A1: units must be positive, but is "),
    ];

    private static string Net(string insertion) => $"[Network, Input(4), {insertion}, Dense(3), CrossEntropy] partial class Net;";
}
