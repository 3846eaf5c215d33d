namespace NetDsl.Generators.Tests.Diagnostics;

/// <summary>Arguments out of range and shapes that do not fit.</summary>
internal static class ShapePrograms
{
    public static WrongProgram[] All { get; } =
    [
        new("NDSL0020", "no units",
            "[Network, Input(4), Dense([|0|]), CrossEntropy] partial class Net;",
            "[Network, Input(4), Dense(2), CrossEntropy] partial class Net;",
            "units must be positive, but is 0"),
        new("NDSL0020", "an argument by its name, out of order",
            "[Network, Input(28, 28, 1), Conv2D(kernel: 3, filters: [|-1|]), Flatten, Dense(3), CrossEntropy] partial class Net;",
            "[Network, Input(28, 28, 1), Conv2D(kernel: 3, filters: 1), Flatten, Dense(3), CrossEntropy] partial class Net;",
            "filters must be positive, but is -1"),
        new("NDSL0020", "a property",
            "[Network, Input(28, 28, 1), Conv2D(8, 3, Stride = [|0|]), Flatten, Dense(3), CrossEntropy] partial class Net;",
            "[Network, Input(28, 28, 1), Conv2D(8, 3, Stride = 2), Flatten, Dense(3), CrossEntropy] partial class Net;",
            "Stride must be positive, but is 0"),
        new("NDSL0020", "one extent of several",
            "[Network, Input(28, [|0|], 1), Flatten, Dense(3), CrossEntropy] partial class Net;",
            "[Network, Input(28, 28, 1), Flatten, Dense(3), CrossEntropy] partial class Net;",
            "shape[1] must be positive, but is 0"),

        new("NDSL0020", "no epsilon",
            "[Network, Input(4), LayerNorm(Epsilon = [|0|]), Dense(3), CrossEntropy] partial class Net;",
            "[Network, Input(4), LayerNorm(Epsilon = 1e-3), Dense(3), CrossEntropy] partial class Net;",
            "Epsilon must be more than 0, but is 0"),

        new("NDSL0021", "two kinds of padding",
            "[Network, Input(28, 28, 1), Conv2D(8, 3, Padding = Padding.Same, Pad = [|1|]), Flatten, Dense(3), CrossEntropy] partial class Net;",
            "[Network, Input(28, 28, 1), Conv2D(8, 3, Padding = Padding.Same), Flatten, Dense(3), CrossEntropy] partial class Net;",
            "Pad", "exclude each other"),

        new("NDSL0030", "a convolution of a vector",
            "[Network, {|Input(784)|}, [|Conv2D(8, 3)|], Flatten, Dense(3), CrossEntropy] partial class Net;",
            "[Network, Input(784), Reshape(28, 28, 1), Conv2D(8, 3), Flatten, Dense(3), CrossEntropy] partial class Net;",
            "Conv2D1 expects", "(784)"),

        new("NDSL0030", "a global average of a vector",
            "[Network, {|Input(784)|}, [|GlobalAveragePool2D|], Dense(3), CrossEntropy] partial class Net;",
            "[Network, Input(28, 28, 4), GlobalAveragePool2D, Dense(3), CrossEntropy] partial class Net;",
            "GlobalAveragePool2D1 expects an image (height, width, channels)", "(784)"),
        new("NDSL0030", "a global maximum behind Flatten",
            "[Network, Input(8, 8, 3), Conv2D(4, 3), {|Flatten|}, [|GlobalMaxPool2D|], Dense(3), CrossEntropy] partial class Net;",
            "[Network, Input(8, 8, 3), Conv2D(4, 3), GlobalMaxPool2D, Flatten, Dense(3), CrossEntropy] partial class Net;",
            "GlobalMaxPool2D1 expects an image (height, width, channels)", "(144)"),
        new("NDSL0030", "a layer normalisation of one number",
            "[Network, {|Input()|}, [|LayerNorm|], Reshape(1), Dense(3), CrossEntropy] partial class Net;",
            "[Network, Input(1), LayerNorm, Reshape(1), Dense(3), CrossEntropy] partial class Net;",
            "LayerNorm1 expects a tensor of at least one axis", "()"),

        new("NDSL0031", "a kernel larger than its image",
            "[Network] [{|Input(28, 28, 1)|}] [Conv2D(8, [|30|])] [Flatten] [Dense(10)] [CrossEntropy] partial class Net;",
            "[Network] [Input(28, 28, 1)] [Conv2D(8, 28)] [Flatten] [Dense(10)] [CrossEntropy] partial class Net;",
            "Conv2D1", "30", "(28, 28, 1)", "input"),
        new("NDSL0031", "a pool inside a block of two networks, once per use",
            """
            [Network, {|Input(28, 28, 1)|}, [|Block<Down>(29)|], Flatten, Dense(3), CrossEntropy] partial class One;
            [Network, Input(14, 14, 1), {|Conv2D(4, 3)|}, [|Block<Down>(13, Name = "down")|], Flatten, Dense(3), CrossEntropy] partial class Two;
            [Block, MaxPool2D({|Size|})] class Down { const int Size = 2; }
            """,
            """
            [Network, Input(28, 28, 1), Block<Down>(28), Flatten, Dense(3), CrossEntropy] partial class One;
            [Network, Input(14, 14, 1), Conv2D(4, 3), Block<Down>(12, Name = "down"), Flatten, Dense(3), CrossEntropy] partial class Two;
            [Block, MaxPool2D(Size)] class Down { const int Size = 2; }
            """,
            "does not fit"),

        new("NDSL0032", "a sum of unequal shapes",
            """[Network] [Input(28, 28, 1)] [{|Conv2D(8, 3, Name = "stem")|}] [Conv2D(8, 3)] [Add([|"stem"|])] [Flatten] [Dense(10)] [CrossEntropy] partial class Net;""",
            """[Network] [Input(28, 28, 1)] [Conv2D(8, 3, Name = "stem")] [Conv2D(8, 3, Pad = 1)] [Add("stem")] [Flatten] [Dense(10)] [CrossEntropy] partial class Net;""",
            "(24, 24, 8)", "(26, 26, 8)", "stem", "Conv2D2"),
        new("NDSL0032", "a residual that changes the shape",
            "[Network, Input(4), {|Dense(8)|}, [|Residual<A>|], Dense(3), CrossEntropy] partial class Net; [Block, Dense(5)] class A;",
            "[Network, Input(4), Dense(5), Residual<A>, Dense(3), CrossEntropy] partial class Net; [Block, Dense(5)] class A;",
            "(5)", "(8)", "Dense1"),

        new("NDSL0033", "a reshape of another size",
            "[Network, {|Input(784)|}, Reshape([|28, 27, 1|]), Flatten, Dense(3), CrossEntropy] partial class Net;",
            "[Network, Input(784), Reshape(28, 28, 1), Flatten, Dense(3), CrossEntropy] partial class Net;",
            "(784)", "784", "(28, 27, 1)", "756"),

        new("NDSL0034", "a single class",
            "[Network, Input(4), Dense(1), [|CrossEntropy|]] partial class Net;",
            "[Network, Input(4), Dense(2), CrossEntropy] partial class Net;",
            "CrossEntropy1", "(1)", "[BinaryCrossEntropy]"),
        new("NDSL0034", "an enum of another size",
            "enum Side { Left, Right } [Network, Input(4), Dense(3), [|CrossEntropy<Side>|]] partial class Net;",
            "enum Side { Left, Right } [Network, Input(4), Dense(2), CrossEntropy<Side>] partial class Net;",
            "Side", "2 members", "(3)"),

        new("NDSL0035", "more weights than an array holds",
            "[Network, Input(100000), [|Dense(100000)|], Dense(3), CrossEntropy] partial class Net;",
            "[Network, Input(1000), Dense(1000), Dense(3), CrossEntropy] partial class Net;",
            "Dense1/weight is too large", "10000000000"),

        new("NDSL0100", "Dense on an image",
            "[Network, Input(8, 8, 3), [|Dense(3)|], Flatten, Dense(3), CrossEntropy] partial class Net;",
            "[Network, Input(8, 8, 3), Flatten, Dense(3), CrossEntropy] partial class Net;",
            "Dense1", "(8, 8, 3)", "input", "[Flatten]"),

        new("NDSL0101", "a softmax of one",
            "[Network, Input(4), Dense(1, Activation = [|Activation.Softmax|]), MeanSquaredError] partial class Net;",
            "[Network, Input(4), Dense(1, Activation = Activation.Sigmoid), MeanSquaredError] partial class Net;",
            "Dense1", "(1)"),

        new("NDSL0102", "padding that a layer takes for data",
            "[Network, TokenInput(9, 5, PaddingId = 0), Embedding(4), [|Flatten|], Dense(3), CrossEntropy] partial class Net;",
            "[Network, TokenInput(9, 5, PaddingId = 0), Embedding(4), GlobalAveragePool1D, Dense(3), CrossEntropy] partial class Net;",
            "Flatten1", "padding of Embedding1, (9, 4)"),
    ];
}
