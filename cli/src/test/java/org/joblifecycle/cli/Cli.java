package org.joblifecycle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.List;
import org.joblifecycle.cli.command.Console;

// Runs the command in this JVM.
final class Cli {
    private InputStream in = InputStream.nullInputStream();
    private boolean outIsTerminal;
    private boolean errIsTerminal;
    private boolean wantsColours = true;

    record Result(int exit, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }

        String lastLine() {
            List<String> lines = lines();
            return lines.get(lines.size() - 1);
        }
    }

    Cli in(InputStream input) {
        in = input;
        return this;
    }

    Cli in(String input) {
        return in(new ByteArrayInputStream(input.getBytes(UTF_8)));
    }

    Cli outOnTerminal() {
        outIsTerminal = true;
        return this;
    }

    Cli errOnTerminal() {
        errIsTerminal = true;
        return this;
    }

    Cli withoutColours() {
        wantsColours = false;
        return this;
    }

    Result with(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(in, out, err, outIsTerminal, errIsTerminal, wantsColours);
        int exit = Main.run(console, args);
        return new Result(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    static Result run(String... args) {
        return new Cli().with(args);
    }

    static Result check(String input, String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "check";
        System.arraycopy(options, 0, args, 1, options.length);
        return new Cli().in(input).with(args);
    }

    // "line rule" of each finding.
    static List<String> found(String input, String... options) {
        return check(input, options).lines().stream()
                .takeWhile(line -> line.startsWith("-:"))
                .map(line -> line.replaceFirst("-:(\\d+): \\S+ ([a-z-]+): .*", "$1 $2"))
                .toList();
    }
}
