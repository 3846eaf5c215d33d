namespace NetDsl.Generators.Shapes;

/// <summary>What a layer makes of the mask of what it reads, which says at which places of a sequence there is something.</summary>
internal enum Masking
{
    /// <summary>It takes padding for data like any other: a warning.</summary>
    Drops,

    /// <summary>It works on each place by itself, so that its result has the mask too; a merge's result is where all it reads are.</summary>
    Passes,

    /// <summary>It heeds the mask, and says itself what mask its result has.</summary>
    Heeds,
}
