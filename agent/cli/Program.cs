return await HwSeed.Cli.CommandLine.RunAsync(args, Console.Out, Console.Error);
