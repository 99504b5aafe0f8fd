package org.joblifecycle.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of a command and its subcommands, in the language of man(7), from what their help says. */
final class ManualPage {
    private static final String EXAMPLE = "  ";

    private final StringBuilder page = new StringBuilder();

    private ManualPage() {}

    static String of(CommandLine line, String version) {
        return new ManualPage().page(line, version);
    }

    private String page(CommandLine line, String version) {
        CommandSpec command = line.getCommandSpec();
        String name = command.name();
        String purpose = String.join(" ", command.usageMessage().description());
        request("TH", name.toUpperCase(Locale.ROOT), "1", "", name + " " + version, "User Commands");
        request("SH", "NAME");
        text(name + " - " + purpose.substring(0, 1).toLowerCase(Locale.ROOT)
                + purpose.substring(1, purpose.length() - 1));
        request("SH", "SYNOPSIS");
        synopsis(command);
        request("SH", "OPTIONS");
        text("Each command has these too.");
        command.options().forEach(this::option);
        request("SH", "COMMANDS");
        for (CommandLine each : line.getSubcommands().values()) {
            subcommand(each.getCommandSpec());
        }
        request("SH", "EXIT STATUS");
        item("0", "Nothing was found.");
        item("1", "Something was found.");
        item("2", "The work could not be done.");
        request("SH", "ENVIRONMENT");
        item("JAVA_HOME", "The Java to run with, 17 or later; by default java on the PATH.");
        item("JOB_LIFECYCLE_OPTS", "More options for the JVM, such as -Xmx8g.");
        item("NO_COLOR", "If it is set and not empty, the output has no colours on a terminal either.");
        item(
                "XDG_CACHE_HOME",
                "Where the archive of classes is kept if nothing can be written beside the jars; by default ~/.cache.");
        request("SH", "EXAMPLES");
        footer(command);
        return page.toString();
    }

    private void subcommand(CommandSpec command) {
        request("SS", command.name());
        synopsis(command);
        for (String paragraph : command.usageMessage().description()) {
            if (!paragraph.isEmpty()) {
                request("PP");
                text(paragraph);
            }
        }
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            item(parameter.paramLabel(), String.join(" ", parameter.description()));
        }
        command.options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp()) // as those of the command itself
                .forEach(this::option);
        footer(command);
    }

    private void synopsis(CommandSpec command) {
        Help help = new Help(command, Help.defaultColorScheme(Help.Ansi.OFF));
        text(help.synopsis(0).strip().replaceAll("\\s+", " "));
    }

    private void option(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
        item(String.join(", ", option.names()) + value, String.join(" ", option.description()));
    }

    private void item(String term, String text) {
        request("TP");
        request("B", term);
        text(text);
    }

    /** Lines that are indented are examples, and stay as they are. */
    private void footer(CommandSpec command) {
        boolean inExamples = false;
        for (String line : List.of(command.usageMessage().footer())) {
            boolean isExample = line.startsWith(EXAMPLE);
            if (inExamples != isExample) {
                request(isExample ? "RS" : "fi");
                request(isExample ? "nf" : "RE");
            }
            inExamples = isExample;
            if (isExample) {
                text(line.substring(EXAMPLE.length()));
            } else if (!line.isEmpty()) {
                request("PP");
                text(line);
            }
        }
        if (inExamples) {
            request("fi");
            request("RE");
        }
    }

    private void request(String name, String... arguments) {
        page.append('.').append(name);
        for (String each : arguments) {
            page.append(" \"").append(escaped(each).replace("\"", "\\(dq")).append('"');
        }
        page.append('\n');
    }

    /** A line that is no request, whatever it begins with. */
    private void text(String line) {
        page.append("\\&").append(escaped(line)).append('\n');
    }

    /** Characters that would be replaced by others for print, so that what is copied from the page works. */
    private static String escaped(String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("`", "\\(ga")
                .replace("^", "\\(ha")
                .replace("~", "\\(ti");
    }
}
