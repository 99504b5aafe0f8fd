package org.joblifecycle.cli;

import io.vavr.collection.List;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.joblifecycle.cli.command.Console;
import org.joblifecycle.cli.command.Converters;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes what the distribution has besides the jars: the script that completes the command, and its manual page. */
public final class DistributionFiles {
    private DistributionFiles() {}

    /** Writes them: the first argument is the folder, the second the version. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        CommandLine line = JobLifecycleCommand.line(Console.ofProcess());
        write(folder.resolve("man/man1/job-lifecycle.1"), ManualPage.of(line, args[1]));
        line.getSubcommands().values().forEach(command -> nameWords(command.getCommandSpec()));
        write(
                folder.resolve("bash-completion/completions/job-lifecycle"),
                AutoComplete.bash(line.getCommandName(), line));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /**
     * Names what to complete: picocli would take the constants of an enum as they stand in the code, and nothing for a text. Parameters
     * that are no choice of words are files.
     */
    private static void nameWords(CommandSpec command) {
        for (OptionSpec option : List.ofAll(command.options())) {
            List<String> words = Converters.words(option.auxiliaryTypes()[0]);
            if (!words.isEmpty()) {
                command.remove(option);
                command.addOption(
                        OptionSpec.builder(option).completionCandidates(words).build());
            }
        }
        for (PositionalParamSpec parameter : List.ofAll(command.positionalParameters())) {
            List<String> words = Converters.words(parameter.auxiliaryTypes()[0]);
            PositionalParamSpec.Builder named = words.isEmpty()
                    ? PositionalParamSpec.builder().type(File[].class)
                    : PositionalParamSpec.builder(parameter).completionCandidates(words);
            command.remove(parameter);
            command.addPositional(named.paramLabel(parameter.paramLabel())
                    .index(parameter.index())
                    .arity(parameter.arity())
                    .build());
        }
    }
}
