package org.joblifecycle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.joblifecycle.cli.Jobs.lines;
import static org.joblifecycle.cli.Jobs.pending;
import static org.joblifecycle.cli.Jobs.running;
import static org.joblifecycle.cli.Jobs.succeeded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.joblifecycle.cli.command.Console;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {
    private static final String FAULTY = lines(running("7").withCreateTime(null));
    private static final long WHILE_MILLIS = 1000;

    @TempDir
    private Path folder;

    // Gives each part at once and pauses before the next.
    private static InputStream slow(String... parts) {
        Queue<String> rest = new ArrayDeque<>(Arrays.asList(parts));
        return new BulkInput() {
            private InputStream part = InputStream.nullInputStream();

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int read = part.read(target, offset, length);
                if (read < 0 && !rest.isEmpty()) {
                    if (rest.size() < parts.length) {
                        pause();
                    }
                    part = new ByteArrayInputStream(rest.remove().getBytes(UTF_8));
                    return read(target, offset, length);
                }
                return read;
            }
        };
    }

    private static void pause() {
        long end = System.nanoTime() + WHILE_MILLIS * 1_000_000;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    // What a terminal shows after this text, which may move to the start of the line and erase to its end.
    private static List<String> screen(String text) {
        StringBuilder screen = new StringBuilder();
        int column = 0;
        for (int i = 0; i < text.length(); i++) {
            int start = screen.lastIndexOf("\n") + 1;
            if (text.startsWith("\u001b[K", i)) {
                screen.setLength(start + column);
                i += 2;
            } else if (text.charAt(i) == '\r') {
                column = 0;
            } else if (text.charAt(i) == '\n') {
                screen.append('\n');
                column = 0;
            } else {
                assertFalse(Character.isISOControl(text.charAt(i)), text);
                if (start + column < screen.length()) {
                    screen.setCharAt(start + column, text.charAt(i));
                } else {
                    screen.append(text.charAt(i));
                }
                column++;
            }
        }
        return screen.toString().lines().toList();
    }

    // Runs with standard output and standard error on one terminal and answers all that was written to it.
    private static String onTerminal(InputStream in, String... args) {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        Main.run(new Console(in, terminal, terminal, true, true, false), args);
        return terminal.toString(UTF_8);
    }

    @Test
    void findingsAreColouredOnATerminalOnly() {
        assertEquals(
                "\u001b[1m-:1:\u001b[0m tuningJobs/7 \u001b[31mcreate-time-required\u001b[0m: createTime is missing: a job"
                        + " that is RUNNING carries the time when it was created",
                new Cli().outOnTerminal().in(FAULTY).with("check").lines().get(0));
        String plain = new Cli().in(FAULTY).with("check").out();
        assertFalse(plain.contains("\u001b"));
        assertEquals(
                plain,
                new Cli()
                        .outOnTerminal()
                        .withoutColours()
                        .in(FAULTY)
                        .with("check")
                        .out());
        assertEquals(plain, new Cli().errOnTerminal().in(FAULTY).with("check").out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "check --help",
                "explain RUNNING",
                "explain RUNNING FAILED",
                "graph",
                "rules",
                "rules name-changed"
            })
    void everyCommandIsTheSameWithoutItsColours(String args) {
        String coloured = new Cli().outOnTerminal().with(args.split(" ")).out();
        String plain = Cli.run(args.split(" ")).out();
        assertTrue(coloured.contains("\u001b["));
        assertEquals(plain, coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
        assertEquals(
                plain,
                new Cli().outOnTerminal().withoutColours().with(args.split(" ")).out());
    }

    @Test
    void formsForProgramsAreNeverColoured() {
        assertFalse(new Cli()
                .outOnTerminal()
                .in(FAULTY)
                .with("check", "--format=json")
                .out()
                .contains("\u001b"));
        for (String format : List.of("json", "dot", "mermaid")) {
            assertFalse(
                    new Cli()
                            .outOnTerminal()
                            .with("graph", "--format", format)
                            .out()
                            .contains("\u001b"),
                    format);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\u001b[31mred",
                "\\u001b]0;title\\u0007",
                "two\\nlines",
                "\\r-:9: fine",
                "back\\b\\b",
                "\\u009b2J",
                "\\u202egnp.exe",
                "\\u2066left",
                "zero\\u200bwidth",
                "\\ufeffmark",
                "\\u2028",
                "\\u2029",
                "\\u0000",
                "\\u007f",
                "\\ud800",
                "\\udc00x",
                "\\udb40\\udc41"
            })
    void dataNeverSteersTheTerminal(String nasty) throws IOException {
        String input = "{\"name\":\"tuningJobs/" + nasty + "\",\"state\":\"" + nasty + "\"}\n"
                + "{\"name\":\"tuningJobs/" + nasty + "\",\"state\":4,\"createTime\":\"" + nasty + "\"}\n"
                + "{\"name\":\"tuningJobs/" + nasty + "\",\"state\":4,\"error\":{\"code\":99,\"message\":\"" + nasty
                + "\"}}\n"
                + "{\"name\":\"tuningJobs/" + nasty + "\",\"state\":4,\"error\":\"" + nasty + "\"}\n"
                + "{\"" + nasty + "\":" + nasty + "}\n"
                + "\u001b]0;x\u0007\u202e\u0085\n";
        for (String format : List.of("text", "json")) {
            Cli.Result result =
                    new Cli().outOnTerminal().withoutColours().in(input).with("check", "--format", format);
            assertEquals(1, result.exit());
            assertVisible(result.out());
            assertEquals(
                    6,
                    result.lines().stream()
                            .filter(line -> line.startsWith("{\"file\"") || line.startsWith("-:"))
                            .map(line -> line.replaceFirst("(\"line\":|-:)(\\d+).*", "$2"))
                            .distinct()
                            .count());
        }
    }

    private static void assertVisible(String out) {
        out.codePoints().forEach(c -> {
            int type = Character.getType(c);
            assertTrue(
                    c == '\n'
                            || (type != Character.CONTROL
                                    && type != Character.FORMAT
                                    && type != Character.SURROGATE
                                    && type != Character.LINE_SEPARATOR
                                    && type != Character.PARAGRAPH_SEPARATOR),
                    () -> Integer.toHexString(c) + " in " + out);
        });
    }

    @Test
    void theNameOfAFileNeverSteersTheTerminal() throws IOException {
        Path file = Files.writeString(folder.resolve("\u001b[31m\n\u202ex"), FAULTY);
        Cli.Result found = Cli.run("check", file.toString());
        assertTrue(found.lines().get(0).startsWith(folder + "/\\u001b[31m\\u000a\\u202ex:1: "), found.out());
        Cli.Result missing = Cli.run("check", file + "\r");
        assertEquals(
                "job-lifecycle: cannot read " + folder + "/\\u001b[31m\\u000a\\u202ex\\u000d: there is no such file\n",
                missing.err());
    }

    @Test
    void whatTakesLessThanHalfASecondShowsNoProgress() {
        assertEquals(
                "",
                new Cli().errOnTerminal().in(lines(pending("7"))).with("check").err());
    }

    @Test
    void longWorkShowsItsProgressIfStandardErrorIsATerminal() {
        Cli.Result result = new Cli()
                .errOnTerminal()
                .in(slow(lines(pending("7")), lines(running("7"))))
                .with("check");
        assertEquals("1 job, 2 snapshots: nothing found\n", result.out());
        assertTrue(result.err().contains("standard input"), result.err());
        assertTrue(result.err().contains(" MB"), result.err());
        assertEquals(List.of(), screen(result.err()));
    }

    @Test
    void theProgressOfAFileIsAShareAndItsNameIsMadeVisible() throws IOException {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        Console console = new Console(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), terminal, false, true, false);
        String part = "x".repeat(500);
        try (InputStream in = Progress.show(console, "\u001b]0;a\u202eb\u0007", slow(part, part), 2L * part.length())) {
            in.readAllBytes();
        }
        String shown = terminal.toString(UTF_8);
        assertTrue(shown.contains("\r\\u001b]0;a\\u202eb\\u0007"), shown);
        assertTrue(shown.contains(" 50% "), shown);
        assertEquals(List.of(), screen(shown));
        assertFalse(shown.contains("\u202e"), shown);
    }

    @Test
    void progressIsNotShownElsewhere() {
        assertEquals(
                new Cli.Result(0, "1 job, 2 snapshots: nothing found\n", ""),
                new Cli()
                        .outOnTerminal()
                        .withoutColours()
                        .in(slow(lines(pending("7")), lines(running("7"))))
                        .with("check"));
    }

    @Test
    void progressIsErasedBeforeEachFindingAndAtTheEnd() {
        String written =
                onTerminal(slow(FAULTY, lines(succeeded("7").withEndTime(null)), lines(pending("8"))), "check");
        String bar = "standard input";
        assertTrue(written.indexOf(bar) < written.indexOf("-:2:"), written);
        assertTrue(written.lastIndexOf(bar) > written.indexOf("-:2:"), written);
        assertEquals(
                Cli.check(FAULTY + lines(succeeded("7").withEndTime(null), pending("8")))
                        .lines(),
                screen(written));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void progressIsErasedOnlyByWhatMayStandOnTheSameTerminal(boolean outIsTerminal) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), err, outIsTerminal, true, false);
        console.showStatus("progress");
        console.print("a finding");
        assertEquals(outIsTerminal ? "\rprogress\r\u001b[K" : "\rprogress", err.toString(UTF_8));
    }

    @Test
    void generatedJobsAreCountedWhileTheyArePrinted() {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        OutputStream slow = new OutputStream() {
            private int written;

            @Override
            public void write(int b) {
                throw new AssertionError("not byte by byte");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                written += length;
                if (terminal.size() == 0
                        && written > 150_000) { // all jobs have begun, and more lines than jobs are written
                    pause();
                }
            }
        };
        assertEquals(
                0,
                Main.run(
                        new Console(InputStream.nullInputStream(), slow, terminal, false, true, false),
                        "generate",
                        "--jobs",
                        "50"));
        String shown = terminal.toString(UTF_8);
        assertTrue(Pattern.compile("\rjobs .* 50/50 ").matcher(shown).find(), shown);
        assertEquals(List.of(), screen(shown));
    }

    @Test
    void progressOfAFileThatCannotBeReadOnIsErasedToo() {
        InputStream failing = new SequenceInputStream(slow(" ", " "), BulkInput.failingAfter(""));
        assertEquals(
                List.of(
                        "job-lifecycle: cannot read -: the disk is gone",
                        "0 jobs, 0 snapshots: nothing found, 1 file not read to the end"),
                screen(onTerminal(failing, "check")));
    }

    @Test
    void findingsAppearOnATerminalWhenTheyAreFound() {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        InputStream in = new BulkInput() {
            private final InputStream first = new ByteArrayInputStream(FAULTY.getBytes(UTF_8));

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int read = first.read(target, offset, length);
                if (read < 0 && !terminal.toString(UTF_8).startsWith("-:1:")) {
                    throw new UncheckedIOException(new IOException("nothing was printed"));
                }
                return read;
            }
        };
        assertEquals(
                1, Main.run(new Console(in, terminal, OutputStream.nullOutputStream(), true, false, false), "check"));
    }
}
