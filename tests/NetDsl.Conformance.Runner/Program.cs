using System.CommandLine;
using NetDsl.Conformance.Runner;

Argument<FileInfo> assembly = new("assembly") { Description = "The assembly of the tests, beside its dependencies." };
Option<string> filter = new("--filter") { Description = "Only tests whose full name contains this.", DefaultValueFactory = _ => "", HelpName = "text" };
Option<string?> json = new("--json") { Description = "A file for the result of each test.", HelpName = "file" };
RootCommand root = new("Runs the tests of an assembly, without an SDK. The exit code is 0 where none failed and at least one passed or was skipped.") { assembly, filter, json };
assembly.AcceptExistingOnly();
root.SetAction(parsed => TestRun.Run(parsed.GetRequiredValue(assembly).FullName, parsed.GetValue(filter)!, parsed.GetValue(json)));
return root.Parse(args).Invoke();
