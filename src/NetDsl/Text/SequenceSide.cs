namespace NetDsl;

/// <summary>Ends of a sequence.</summary>
public enum SequenceSide
{
    /// <summary>Before the first.</summary>
    Before,

    /// <summary>After the last.</summary>
    After,
}
