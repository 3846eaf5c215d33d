namespace NetDsl.Generators.Tests.Diagnostics;

/// <summary>A program with one mistake, beside the same one without it.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Name">What is wrong.</param>
/// <param name="Wrong">The program, with marks at each place that is reported.</param>
/// <param name="Right">The twin, about which nothing is said.</param>
/// <param name="Message">What the message says; every one in the order of the marks is the same.</param>
internal sealed record WrongProgram(string Id, string Name, string Wrong, string Right, params string[] Message)
{
    public override string ToString() => $"{Id}: {Name}";
}
