package org.joblifecycle.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command itself; what it does is its subcommands. */
@Command(
        name = "job-lifecycle",
        description = "Checks, explains and draws the lifecycle of Vertex AI jobs.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        footer = {
            "",
            "Examples:",
            "  job-lifecycle check jobs.jsonl",
            "  gcloud ai custom-jobs list --format=json | job-lifecycle check",
            "  job-lifecycle explain PAUSED",
            "  job-lifecycle COMMAND --help"
        })
final class JobLifecycleCommand implements Runnable {
    private static final int WIDTH = 100;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private JobLifecycleCommand() {}

    static int run(Console console, String... args) {
        StringWriter help = new StringWriter();
        CommandLine line = new CommandLine(new JobLifecycleCommand())
                .addSubcommand(new CheckCommand(console))
                .addSubcommand(new ExplainCommand(console))
                .addSubcommand(new GenerateCommand(console))
                .addSubcommand(new GraphCommand(console))
                .addSubcommand(new RulesCommand(console))
                .setOut(new PrintWriter(help))
                .setColorScheme(Help.defaultColorScheme(console.hasColours() ? Help.Ansi.ON : Help.Ansi.OFF))
                .setParameterExceptionHandler((e, wrong) -> {
                    String command = e.getCommandLine().getCommandSpec().qualifiedName();
                    console.complain(message(e) + " (see " + command + " --help)");
                    return Exit.FAILED;
                })
                .setExecutionExceptionHandler((e, command, parsed) -> Main.failed(console, e))
                .setExpandAtFiles(false)
                .setUsageHelpWidth(WIDTH);
        Converters.register(line);
        line.getCommandSpec().version(Main.version());
        line.getSubcommands().values().forEach(sub -> sub.getCommandSpec().version(Main.version()));
        int exit = line.execute(args);
        if (!help.toString().isEmpty()) {
            console.print(help.toString().stripTrailing());
        }
        return exit;
    }

    private static String message(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> meant = unmatched.getSuggestions();
            return e.getMessage() + (meant.isEmpty() ? "" : ", did you mean " + String.join(" or ", meant) + "?");
        }
        return String.valueOf(e.getMessage());
    }

    /** Without a subcommand there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing: expected check, explain, generate, graph or rules");
    }
}
