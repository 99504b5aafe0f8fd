package org.joblifecycle.cli;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.joblifecycle.cli.Jobs.lines;
import static org.joblifecycle.cli.Jobs.pending;
import static org.joblifecycle.cli.Jobs.running;
import static org.joblifecycle.cli.Jobs.succeeded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

// Whatever a broken line holds, the lines around it are audited as if it were not there.
@Timeout(60)
class BrokenInputTest {
    private static final String BEFORE = lines(pending("7"), running("7"));
    private static final String AFTER = lines(succeeded("7"));

    private static Cli.Result checkAround(byte[] broken) {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.writeBytes(BEFORE.getBytes(UTF_8));
        input.writeBytes(broken);
        input.writeBytes("\n".getBytes(UTF_8));
        input.writeBytes(AFTER.getBytes(UTF_8));
        return new Cli().in(new ByteArrayInputStream(input.toByteArray())).with("check");
    }

    private static void assertMalformed(byte[] broken, String message) {
        Cli.Result result = checkAround(broken);
        assertEquals(1, result.exit());
        assertEquals("", result.err());
        assertEquals(
                List.of(
                        "-:3: - malformed-json: " + message,
                        "1 job, 4 snapshots: 0 violations, 1 unreadable",
                        "  malformed-json  1"),
                result.lines());
    }

    private static void assertHealthy(String line) {
        assertEquals(new Cli.Result(0, "1 job, 4 snapshots: nothing found\n", ""), checkAround(line.getBytes(UTF_8)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    // A job like the one of the line before, with something in it that is not read.
    private static String ignoring(String member) {
        return lines(running("7")).strip().replaceFirst("\\{", "{" + member.replace("\\", "\\\\") + ",");
    }

    @Test
    void aTruncatedLineBreaksOff() {
        String line = lines(running("7")).strip();
        StringBuilder truncated = new StringBuilder();
        for (int length = 1; length < line.length(); length++) {
            truncated.append(line, 0, length).append('\n');
        }
        List<String> found = checkAround(bytes(truncated.toString())).lines();
        for (int length = 1; length < line.length(); length++) {
            assertEquals(
                    "-:" + (length + 2) + ": - malformed-json: the JSON breaks off at column " + (length + 1),
                    found.get(length - 1));
        }
        assertEquals(
                "1 job, " + (line.length() + 2) + " snapshots: 0 violations, " + (line.length() - 1) + " unreadable",
                found.get(line.length() - 1));
    }

    @Test
    void aTruncatedLastLineIsFoundAndTheRestCounts() {
        Cli.Result result = Cli.check(BEFORE + AFTER.substring(0, 30));
        assertEquals(1, result.exit());
        assertEquals(
                "-:3: - malformed-json: the JSON breaks off at column 31",
                result.lines().get(0));
    }

    @Test
    void theLastLineNeedsNoEnd() {
        assertEquals(
                "1 job, 3 snapshots: nothing found",
                Cli.check((BEFORE + AFTER).stripTrailing()).lastLine());
    }

    @Test
    void invalidUtf8IsMalformedAlsoInFieldsThatAreNotRead() {
        byte[] overlong = bytes(ignoring("\"x\":\"??\""));
        overlong[6] = (byte) 0xC0;
        overlong[7] = (byte) 0x80;
        assertMalformed(overlong, "not UTF-8 at column 7");
        byte[] surrogate = bytes(ignoring("\"x\":\"???\""));
        surrogate[6] = (byte) 0xED;
        surrogate[7] = (byte) 0xA0;
        surrogate[8] = (byte) 0x80;
        assertMalformed(surrogate, "not UTF-8 at column 7");
        byte[] latin1 = bytes(ignoring("\"x\":\"?\""));
        latin1[6] = (byte) 0xE4;
        assertMalformed(latin1, "not UTF-8 at column 7");
        byte[] cut = bytes("{\"x\":\"???");
        cut[6] = (byte) 0xF0;
        cut[7] = (byte) 0x9F;
        cut[8] = (byte) 0x98;
        assertMalformed(cut, "not UTF-8 at column 7");
    }

    @Test
    void otherEncodingsAreMalformedAndDoNotHangTheWork() {
        Cli.Result result = new Cli()
                .in(new ByteArrayInputStream((BEFORE + AFTER).getBytes(UTF_16LE))) // without a mark
                .with("check");
        assertEquals(1, result.exit());
        assertTrue(result.out().contains("malformed-json"), result.out());
    }

    @Test
    void whatIsPlainlyNoJsonIsNotAudited() {
        String summary = "0 jobs, 0 snapshots: nothing found, 1 file not read to the end\n";
        assertEquals(
                new Cli.Result(
                        2,
                        summary,
                        "job-lifecycle: cannot read -: it looks like UTF-16, as Windows PowerShell writes files: write it in UTF-8,"
                                + " such as with | Out-File -Encoding utf8\n"),
                new Cli()
                        .in(new ByteArrayInputStream((BEFORE + AFTER).getBytes(UTF_16)))
                        .with("check"));
        assertEquals(
                new Cli.Result(
                        2,
                        summary,
                        "job-lifecycle: cannot read -: it looks like YAML, which gcloud prints by default: ask for JSON with"
                                + " --format=json\n"),
                Cli.check("createTime: '2026-01-01T00:00:00Z'\nname: tuningJobs/7\nstate: JOB_STATE_RUNNING\n"));
    }

    @Test
    void aByteOrderMarkIsSkippedAtTheStartAndNowhereElse() {
        assertEquals(
                "1 job, 3 snapshots: nothing found",
                Cli.check("\ufeff" + BEFORE + AFTER).lastLine());
        assertEquals(
                "1 job, 1 snapshot: nothing found",
                Cli.check("\ufeff[" + AFTER + "]").lastLine());
        assertEquals(1, Cli.check("\ufeff\ufeff" + AFTER).exit());
        assertEquals(1, Cli.check(BEFORE + "\ufeff" + AFTER).exit());
    }

    @Test
    void aCarriageReturnBeforeTheLineEndIsWhiteSpace() {
        assertEquals(
                new Cli.Result(0, "1 job, 3 snapshots: nothing found\n", ""),
                Cli.check((BEFORE + "\n \t\n" + AFTER).replace("\n", "\r\n")));
        assertTrue(Cli.check((BEFORE + "\n\n" + lines(running("7").withCreateTime(null))).replace("\n", "\r\n"))
                .out()
                .startsWith("-:5: tuningJobs/7 create-time-required: "));
    }

    @Test
    void aNulByteIsMalformedOutsideAndInsideOfStrings() {
        for (String line : List.of("\u0000", "\u0000{}", "{\u0000}", "{\"name\":\"a\u0000\"}", "{}\u0000")) {
            Cli.Result result = checkAround(bytes(line));
            assertEquals(1, result.exit());
            assertTrue(result.lines().get(0).startsWith("-:3: - malformed-json: "), result.out());
            assertTrue(result.out().indexOf('\u0000') < 0);
        }
        assertHealthy(ignoring("\"x\":\"\\u0000\""));
    }

    @Test
    void aLineOf50MegabytesIsRead() {
        String fifty = "x".repeat(50_000_000);
        assertHealthy(ignoring("\"x\":\"" + fifty + "\""));
        assertTrue(checkAround(bytes(fifty)).out().length() < 1000);
    }

    @Test
    void aNameOrTimeOf50MegabytesIsReportedInBoundedLength() {
        String fifty = "x".repeat(50_000_000);
        Cli.Result time =
                checkAround(bytes("{\"name\":\"tuningJobs/7\",\"state\":3,\"createTime\":\"" + fifty + "\"}"));
        assertEquals(1, time.exit());
        assertTrue(time.out().length() < 1000);
        Cli.Result name = Cli.check("{\"name\":\"" + fifty + "\"}", "--format=json");
        assertEquals(
                "{\"summary\":{\"snapshots\":1,\"jobs\":0,\"violations\":0,\"unreadable\":1,\"assumedKind\":0}}",
                name.lastLine());
    }

    @Test
    void nestingIsFollowedFor512LevelsAndAMillionAreAMessage() {
        assertHealthy(ignoring("\"x\":" + "[".repeat(511) + "]".repeat(511)));
        assertHealthy(ignoring("\"x\":" + "{\"a\":".repeat(511) + "1" + "}".repeat(511)));
        for (String open : List.of("[", "{\"a\":")) {
            Cli.Result result = checkAround(bytes("{\"x\":" + open.repeat(1_000_000)));
            assertEquals(1, result.exit());
            assertTrue(
                    result.out().startsWith("-:3: - malformed-json: nested more than "),
                    result.lines().get(0));
        }
        Cli.Result array = Cli.check("[".repeat(1_000_000));
        assertEquals(1, array.exit());
        assertTrue(array.out().length() < 1000, array.out());
    }

    @Test
    void numbersOfThousandsOfDigitsAreJustNumbers() {
        String digits = "9".repeat(100_000);
        assertHealthy(ignoring("\"x\":" + digits + ",\"y\":-" + digits + "." + digits + "e-" + digits));
        String name = "{\"name\":\"projects/p/locations/l/tuningJobs/7\",\"state\":";
        Cli.Result state = checkAround(bytes(name + digits + "}"));
        assertTrue(
                state.out()
                        .startsWith("-:3: tuningJobs/7 state-unknown: state " + "9".repeat(100) + "... is unknown: "),
                state.out());
        assertTrue(checkAround(bytes(name + "1e" + digits + "}")).out().contains(" state-unknown: "));
        assertTrue(checkAround(bytes(name + "3,\"error\":{\"code\":" + digits + "}}"))
                .out()
                .contains(" malformed-json: error.code is 9"));
        String zeros = "0".repeat(100_000);
        String job = lines(running("7")).strip();
        assertHealthy(job.replace("\"JOB_STATE_RUNNING\"", "3." + zeros));
        assertHealthy(job.replace("\"JOB_STATE_RUNNING\"", "3" + zeros + "e-100000"));
    }

    @Test
    void ofAKeyGivenTwiceTheLastValueCounts() {
        assertHealthy(lines(running("7")).strip().replaceFirst("\\{", "{\"name\":3,\"state\":[],\"createTime\":{},"));
        assertHealthy(
                "{\"name\":\"tuningJobs/other\"," + lines(running("7")).strip().substring(1));
        assertEquals(
                "-:1: tuningJobs/7 state-unknown",
                Cli.check("{\"name\":\"tuningJobs/7\",\"state\":3,\"state\":12}")
                        .out()
                        .substring(0, 31));
        assertEquals(
                "-:1: tuningJobs/7 state-missing",
                Cli.check("{\"name\":\"tuningJobs/7\",\"state\":3,\"state\":null}")
                        .out()
                        .substring(0, 31));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "3",
                "\"{}\"",
                "[{}",
                "[[]]",
                "{} {}",
                "{},",
                "{'name':1}",
                "NaN",
                "// {}",
                "{\"a\":01}"
            })
    void aLineThatIsNotOneObjectIsMalformed(String line) {
        Cli.Result result = checkAround(bytes(line));
        assertEquals(1, result.exit());
        assertTrue(result.lines().get(0).startsWith("-:3: - malformed-json: "), result.out());
        assertEquals(
                "1 job, 4 snapshots: 0 violations, 1 unreadable", result.lines().get(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\n%s,\n%s",
                "[\n%s,\n%s,",
                "[\n%s,\n%s,]",
                "[\n%s,\n%s}",
                "[\n%s,\n%s] x",
                "[\n%s,\n%s]\n{\n",
                "[\n%s\n%s\n%s]",
                "[\n%s,\n%s,\n\u0000]",
                "[\n%s,\n%s,\n{\"x\":\"%s",
                "[\n%s,\n%s,\nx]"
            })
    void aBrokenArrayIsOneFindingAndTheElementsBeforeItCount(String form) {
        String job = lines(pending("7")).strip();
        Cli.Result result = Cli.check(form.replace("%s", job), "--format=json");
        assertEquals(1, result.exit());
        assertEquals(2, result.lines().size(), result.out());
        int snapshots = form.contains("%s\n%s") ? 1 : 2;
        assertEquals(
                "{\"summary\":{\"snapshots\":" + snapshots
                        + ",\"jobs\":1,\"violations\":0,\"unreadable\":1,\"assumedKind\":0}}",
                result.lastLine());
    }

    @Test
    void aBrokenArrayIsReportedAtTheLineWhereReadingStopped() {
        String job = lines(pending("7")).strip();
        assertTrue(
                Cli.check("\n[\n" + job + ",\n\n" + job + ",\n{\"x\":\n").out().startsWith("-:"));
        assertTrue(Cli.check("\n[\n" + job + ",\nx\n").out().startsWith("-:4: - malformed-json: "));
        assertTrue(Cli.check("[\n" + job + "\n]\n\nx\n").out().startsWith("-:5: - malformed-json: "));
    }
}
