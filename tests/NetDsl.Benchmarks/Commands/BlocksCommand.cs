using System.CommandLine;
using BenchmarkDotNet.Running;

namespace NetDsl.Benchmarks.Commands;

/// <summary><c>blocks</c>: BenchmarkDotNet over the building blocks; what follows <c>--</c> goes to it.</summary>
internal static class BlocksCommand
{
    public static Command Create()
    {
        Command command = new("blocks", "Runs BenchmarkDotNet over the CPU's building blocks, each in a process of its own: blocks -- --filter *MatMul*");
        Argument<string[]> arguments = new("arguments") { Description = "Arguments of BenchmarkDotNet, after --.", Arity = ArgumentArity.ZeroOrMore };
        command.Add(arguments);
        command.SetAction(parsed => CommandLine.Try(() =>
        {
            string[] given = parsed.GetValue(arguments) ?? [];
            BenchmarkSwitcher.FromAssembly(typeof(BlocksCommand).Assembly).Run(given.Length == 0 ? ["--filter", "*"] : given);
        }));
        return command;
    }
}
