using Microsoft.CodeAnalysis;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Model;

namespace NetDsl.Generators.Parsing;

/// <summary>Every block that a network reaches, and the cycles among them.</summary>
internal sealed class BlockCollector(ParseContext context)
{
    private readonly Dictionary<INamedTypeSymbol, (BlockSpec Spec, IReadOnlyList<BlockUse> Uses)> _blocks = new(SymbolEqualityComparer.Default);

    /// <summary>The blocks in ordinal order of their names.</summary>
    public EquatableArray<BlockSpec> Blocks => _blocks.Values.Select(block => block.Spec).OrderBy(block => block.Type, StringComparer.Ordinal).ToEquatableArray();

    /// <summary>Adds what the network's layers insert.</summary>
    public void Add(IReadOnlyList<BlockUse> uses)
    {
        foreach (BlockUse use in uses)
        {
            if (BlockParser.CheckIsBlock(use, context)) Add(use.Block);
        }

        // One error per attribute of the network, however many ways lead into the cycle.
        foreach (IGrouping<SourceRef, BlockUse> attribute in uses.GroupBy(use => use.Attribute))
        {
            foreach (BlockUse use in attribute)
            {
                if (FindCycle(use.Block, []) is not { } cycle) continue;
                string path = string.Join(" -> ", cycle.Path.Select(block => block.Name));
                context.Report(DiagnosticIds.BlockCycle, use.Attribute, EquatableArray.Of(cycle.Closing), cycle.Path[0].Name, path);
                break;
            }
        }
    }

    private void Add(INamedTypeSymbol block)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        if (_blocks.ContainsKey(block)) return;
        var parsed = BlockParser.Parse(block, context);
        _blocks.Add(block, parsed);
        foreach (BlockUse use in parsed.Uses)
        {
            if (BlockParser.IsReadable(use.Block, context)) Add(use.Block);
        }
    }

    /// <summary>The first cycle from a block on: the blocks from the one that is met again to itself, and the attribute that closes it.</summary>
    private (List<INamedTypeSymbol> Path, SourceRef Closing)? FindCycle(INamedTypeSymbol block, List<INamedTypeSymbol> path)
    {
        if (!_blocks.TryGetValue(block, out var parsed)) return null;
        path.Add(block);
        foreach (BlockUse use in parsed.Uses)
        {
            int met = path.FindIndex(b => SymbolEqualityComparer.Default.Equals(b, use.Block));
            if (met >= 0) return ([.. path.Skip(met), use.Block], use.Attribute);
            if (FindCycle(use.Block, path) is { } cycle) return cycle;
        }

        path.RemoveAt(path.Count - 1);
        return null;
    }
}
