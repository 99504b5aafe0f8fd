package org.joblifecycle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.joblifecycle.cli.Cli.found;
import static org.joblifecycle.cli.Jobs.ENDED;
import static org.joblifecycle.cli.Jobs.NOON;
import static org.joblifecycle.cli.Jobs.lines;
import static org.joblifecycle.cli.Jobs.pending;
import static org.joblifecycle.cli.Jobs.running;
import static org.joblifecycle.cli.Jobs.succeeded;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.joblifecycle.job.JobError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {
    @Test
    void severalProcessorsReadAhead() {
        Set<String> readers = ConcurrentHashMap.newKeySet();
        InputStream input = new BulkInput() {
            private final InputStream lines =
                    new ByteArrayInputStream(lines(pending("7")).repeat(10_000).getBytes(UTF_8));

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                readers.add(Thread.currentThread().getName().replaceFirst("\\d+$", ""));
                return lines.read(target, offset, length);
            }
        };
        assertEquals(0, new Cli().in(input).with("check").exit());
        assertEquals(Runtime.getRuntime().availableProcessors() > 1, readers.contains("job-lines-"), readers::toString);
    }

    @Test
    void theFirstSnapshotIsCheckedAlone() {
        assertEquals(List.of(), found(lines(succeeded("7"))));
        assertEquals(List.of(), found(lines(succeeded("7")), "--mode=authority"));
        assertEquals(List.of("1 end-time-required"), found(lines(succeeded("7").withEndTime(null))));
    }

    @Test
    void eachFurtherSnapshotIsCheckedAgainstTheOneBefore() {
        assertEquals(
                List.of("4 transition-illegal", "4 end-time-changed"),
                found(lines(
                        pending("7"), running("7"), succeeded("7"), running("7").withUpdateTime(ENDED))));
    }

    @Test
    void aFaultySnapshotBecomesTheBaseline() {
        assertEquals(
                List.of("2 transition-illegal", "2 end-time-changed"),
                found(lines(
                        succeeded("7"),
                        running("7").withUpdateTime(ENDED),
                        running("7").withUpdateTime(ENDED.plusSeconds(1)))));
        assertEquals(
                List.of("1 create-time-required"),
                found(lines(
                        running("7").withCreateTime(null),
                        running("7").withCreateTime(null).withUpdateTime(ENDED))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"observer", "authority"})
    void aStaleSnapshotDoesNotBecomeTheBaseline(String mode) {
        String input = lines(
                pending("7"),
                running("7"),
                running("7").withUpdateTime(NOON).withStartTime(NOON),
                running("7").withUpdateTime(ENDED));
        assertEquals(
                mode.equals("observer")
                        ? List.of("3 update-time-regressed")
                        : List.of("3 start-time-changed", "3 update-time-regressed"),
                found(input, "--mode", mode));
    }

    @Test
    void ofAStaleSnapshotOnlyAnAuthorityComparesTheRest() {
        String input = lines(succeeded("7"), pending("7").withCreateTime(null));
        assertEquals(List.of("2 update-time-regressed"), found(input));
        assertEquals(
                List.of(
                        "2 create-time-required",
                        "2 transition-illegal",
                        "2 create-time-changed",
                        "2 start-time-changed",
                        "2 end-time-changed",
                        "2 update-time-regressed"),
                found(input, "--mode=authority"));
    }

    @Test
    void anAnswerInPartLetsNoOlderOnePass() {
        String input = lines(succeeded("7"), succeeded("7").withUpdateTime(null), running("7"), succeeded("7"));
        assertEquals(List.of("3 update-time-regressed"), found(input));
        assertEquals(
                List.of(
                        "2 update-time-regressed",
                        "3 transition-illegal",
                        "3 end-time-changed",
                        "3 update-time-regressed"),
                found(input, "--mode=authority"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"projects/p/locations/l/tuningJobs/7\"}",
                "{\"name\":\"projects/p/locations/l/tuningJobs/7\",\"state\":\"JOB_STATE_LOST\"}",
                "{\"name\":\"projects/p/locations/l/tuningJobs/7\",\"state\":4,\"updateTime\":\"yesterday\"}",
                "{\"name\":\"projects/p/locations/l/tuningJobs/7\",\"state\":4",
                "{\"error\":{\"code\":500}}"
            })
    void aLineThatCannotBeReadChangesNoBaseline(String unreadable) {
        String input = lines(pending("7"), running("7")) + unreadable + "\n" + lines(running("7"), succeeded("7"));
        Cli.Result result = Cli.check(input, "--format=json");
        assertEquals(
                "{\"summary\":{\"snapshots\":5,\"jobs\":1,\"violations\":0,\"unreadable\":1,\"assumedKind\":0}}",
                result.lastLine());
        assertEquals(1, result.exit());
    }

    @Test
    void jobsAreDistinguishedByTheirWholeName() {
        assertEquals(
                List.of(),
                found(lines(
                        succeeded("7"),
                        pending("7").withName("projects/p/locations/other/tuningJobs/7"),
                        pending("7").withName("projects/p/locations/l/customJobs/7"),
                        pending("7 "))));
    }

    @Test
    void theSameJobMayAppearAgainUnchanged() {
        assertEquals(List.of(), found(lines(running("7"), running("7"), running("7")), "--mode=authority"));
    }

    @Test
    void allViolationsOfALineComeInTheOrderOfTheRules() {
        assertEquals(
                List.of(
                        "2 start-time-required",
                        "2 end-time-premature",
                        "2 error-unexpected",
                        "2 error-code-invalid",
                        "2 transition-illegal",
                        "2 create-time-changed",
                        "2 start-time-changed",
                        "2 end-time-changed"),
                found(lines(
                        succeeded("7"),
                        running("7")
                                .withStartTime(null)
                                .withCreateTime(NOON.minusSeconds(9))
                                .withEndTime(ENDED.plusSeconds(1))
                                .withUpdateTime(ENDED.plusSeconds(1))
                                .withError(JobError.of(17)))));
    }

    @Test
    void anArrayIsAuditedAsLinesAre() {
        String lines = lines(succeeded("7"), pending("8"), running("7").withUpdateTime(ENDED), running("8"));
        String array = "[\n" + lines.strip().replace("\n", ",\n") + "]";
        assertEquals(List.of("4 transition-illegal", "4 end-time-changed"), found(array));
        assertEquals(
                found(lines),
                found(array).stream()
                        .map(finding -> finding.replace("4 ", "3 "))
                        .toList());
    }

    @Test
    void numbersOfStatesAndOffsetsOfTimesAreUnderstood() {
        String name = "{\"name\":\"tuningJobs/7\",\"createTime\":\"2024-05-01T14:00:00+02:00\",\"startTime\":"
                + "\"2024-05-01t12:01:00.000z\",";
        assertEquals(
                List.of("3 transition-illegal"),
                found(
                        name + "\"state\":2}\n" + name + "\"endTime\":\"2024-05-01T12:02:00Z\",\"state\":4.0}\n" + name
                                + "\"endTime\":\"2024-05-01T11:32:00-00:30\",\"state\":50e-1}\n",
                        "--mode=observer"));
    }
}
