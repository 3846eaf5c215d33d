using System.CommandLine;
using NetDsl.Benchmarks.Commands;

RootCommand root = new("Measures networks that NetDsl compiled, beside what else computes the same on this machine.") { GpuCommand.Create(), RooflineCommand.Create() };
#if PEERS
root.Add(PeersCommand.Create());
root.Add(ScalingCommand.Create());
root.Add(BlocksCommand.Create());
#endif
return NetDsl.Benchmarks.Commands.CommandLine.Run(root, args);
