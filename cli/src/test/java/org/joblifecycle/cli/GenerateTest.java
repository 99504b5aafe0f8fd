package org.joblifecycle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.TuningJobJson;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.tuning.TuningJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateTest {

    @ParameterizedTest
    @ValueSource(strings = {"1", "7", "-1", "9223372036854775807"})
    void withoutFaultsNeitherAnAuthorityNorAnObserverFindsAny(String seed) {
        String jobs = Cli.run("generate", "--jobs", "300", "--seed", seed).out();
        long lines = jobs.lines().count();
        String expected = "300 jobs, " + lines + " snapshots: nothing found";
        assertEquals(List.of(expected), Cli.check(jobs).lines());
        assertEquals(List.of(expected), Cli.check(jobs, "--mode", "authority").lines());
    }

    @Test
    void theLinesAreWholeTuningJobsOfAllStatesMixed() {
        List<String> lines = Cli.run("generate", "--jobs", "2000").lines();
        Set<JobState> states = new HashSet<>();
        int changes = 0;
        String last = "";
        for (String line : lines) {
            TuningJob job = TuningJobJson.read(line).get();
            assertEquals(line, TuningJobJson.write(job));
            states.add(job.snapshot().get().state());
            changes += last.equals(job.name()) ? 0 : 1;
            last = String.valueOf(job.name());
            assertTrue(line.length() > 600 && line.length() < 1500, line);
            assertEquals(job.startTime() != null, job.tuningDataStats() != null);
        }
        assertEquals(JobState.values().length - 1, states.size()); // all but UNSPECIFIED
        assertTrue(changes > lines.size() * 9 / 10, changes + " of " + lines.size());
        assertTrue(lines.size() > 10_000 && lines.size() < 18_000, lines.size() + " lines");
    }

    @Test
    void theSameOptionsPrintTheSameLines() {
        String jobs = Cli.run("generate", "--jobs", "50", "--seed", "3", "--faults", "0.2")
                .out();
        assertEquals(
                jobs,
                Cli.run("generate", "--jobs=50", "--seed=3", "--faults=0.2").out());
        assertNotEquals(
                jobs,
                Cli.run("generate", "--jobs", "50", "--seed", "4", "--faults", "0.2")
                        .out());
    }

    // Measurements are repeated with the same lines. A change of the lines is noted in the CHANGELOG.
    @ParameterizedTest
    @CsvSource({
        "--jobs 200, 58e17735adc2c7624aaa204d788eb71a9cda0d48fa24e0a44eb1fe0d45c9d64c",
        "--jobs 200 --seed 4294967297 --faults 0.1, 9aa0b8a3e5a3c1dfb9db6a309db0fbb7dbd6359cc6416af7fe531a8bd9df543c"
    })
    void theLinesAreTheSameEverywhereAndFromVersionToVersion(String options, String sha256) throws Exception {
        String jobs = Cli.run(("generate " + options).split(" ")).out();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(jobs.getBytes(UTF_8));
        assertEquals(sha256, HexFormat.of().formatHex(digest));
    }

    @Test
    void pollsComeInTheOrderOfTheirTimes() {
        Map<String, Instant> known = new HashMap<>();
        Instant latest = Instant.MIN;
        for (String line : Cli.run("generate", "--jobs", "1000").lines()) {
            JobSnapshot job = TuningJobJson.read(line).get().snapshot().get();
            if (!requireNonNull(job.updateTime()).equals(known.put(job.name(), job.updateTime()))) {
                // Something happened, less than a second before the poll.
                assertFalse(job.updateTime().plusSeconds(1).isBefore(latest), line);
                latest = job.updateTime().isAfter(latest) ? job.updateTime() : latest;
            }
        }
        assertEquals(1000, known.size());
    }

    @Test
    void everyFaultyLineIsFound() {
        Cli.Result generated = Cli.run("generate", "--jobs", "300", "--faults", "1");
        assertEquals(0, generated.exit());
        String jobs = generated.out();
        assertTrue(jobs.lines().count() > 1000, jobs);
        long found = Cli.found(jobs).stream()
                .map(finding -> finding.substring(0, finding.indexOf(' ')))
                .distinct()
                .count();
        assertEquals(jobs.lines().count(), found);
    }

    @Test
    void theRateIsThatOfTheFaults() {
        String jobs = Cli.run("generate", "--jobs", "3000", "--faults", "0.1").out();
        long unreadable = Cli.found(jobs).stream()
                .filter(finding -> Arrays.stream(Unreadable.Reason.values())
                        .anyMatch(reason -> finding.endsWith(" " + reason.id())))
                .count();
        double rate = 2.0 * unreadable / jobs.lines().count(); // one half of the faults, or a little more
        assertTrue(rate > 0.09 && rate < 0.15, () -> rate + " unreadable");
    }

    @Test
    void thereAreFaultsOfManyKinds() {
        Set<String> found = Cli.found(
                        Cli.run("generate", "--jobs", "3000", "--faults", "0.2").out())
                .stream()
                .map(finding -> finding.substring(finding.indexOf(' ') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = Stream.concat(
                        Arrays.stream(Rule.values()).map(Rule::id),
                        Arrays.stream(Unreadable.Reason.values()).map(Unreadable.Reason::id))
                .collect(Collectors.toCollection(TreeSet::new));
        expected.removeAll(Set.of("name-changed", "start-time-order", "end-time-order"));
        assertEquals(expected, found);
    }

    @Test
    void thereMayBeNoJob() {
        assertEquals(new Cli.Result(0, "", ""), Cli.run("generate", "--jobs", "0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "1.5", ""})
    void theNumberOfJobsIsANumber(String jobs) {
        assertRefused(Cli.run("generate", "--jobs", jobs), "--jobs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "1.1", "NaN", "x", "5%"})
    void theRateIsAShare(String faults) {
        assertRefused(Cli.run("generate", "--jobs", "1", "--faults", faults), "--faults");
    }

    @Test
    void theNumberOfJobsIsRequired() {
        assertRefused(Cli.run("generate"), "--jobs");
    }

    private static void assertRefused(Cli.Result result, String option) {
        assertEquals(2, result.exit());
        assertEquals("", result.out());
        assertEquals(1, result.err().lines().count());
        assertTrue(result.err().contains(option), result.err());
    }
}
