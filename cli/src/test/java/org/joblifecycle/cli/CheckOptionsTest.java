package org.joblifecycle.cli;

import static org.joblifecycle.cli.Cli.found;
import static org.joblifecycle.cli.Jobs.ENDED;
import static org.joblifecycle.cli.Jobs.lines;
import static org.joblifecycle.cli.Jobs.pending;
import static org.joblifecycle.cli.Jobs.running;
import static org.joblifecycle.cli.Jobs.succeeded;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.JobJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckOptionsTest {
    private static final String SKIPPED = lines(pending("7"), succeeded("7"));

    @Test
    void anObserverToleratesMissedStepsAndAnAuthorityDoesNot() {
        assertEquals(List.of(), found(SKIPPED));
        assertEquals(List.of(), found(SKIPPED, "--mode", "observer"));
        assertEquals(
                List.of("2 start-time-premature", "2 transition-illegal"),
                found(SKIPPED, "--mode", "authority").stream().sorted().toList());
    }

    @ParameterizedTest
    @CsvSource({
        "auto,                            1 start-time-required",
        "tuning-job,                      1 start-time-required",
        "custom-job,                      1 start-time-required",
        "hyperparameter-tuning-job,       1 start-time-required",
        "nas-job,                         1 start-time-required",
        "batch-prediction-job,            1 start-time-required",
        "data-labeling-job,               ",
        "model-deployment-monitoring-job, ",
        "notebook-execution-job,          1 state-missing",
    })
    void theKindIsThatOfJobsWhoseNameTellsNone(String kind, String found) {
        String input = "{\"name\":\"seven\",\"state\":3,\"createTime\":\"2024-05-01T12:00:00Z\"}";
        assertEquals(found == null ? List.of() : List.of(found), found(input, "--kind", kind));
    }

    @Test
    void theKindTellsWhichEndTimesAndErrorsArePromised() {
        String expired = JobJson.write(
                succeeded("").withName("seven").withState(JobState.EXPIRED).withEndTime(null));
        String cancelled = JobJson.write(
                succeeded("").withName("seven").withState(JobState.CANCELLED).withError(JobError.of(5)));
        for (JobKind kind : JobKind.values()) {
            String word = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (kind != JobKind.NOTEBOOK_EXECUTION_JOB) {
                assertEquals(
                        kind == JobKind.TUNING_JOB ? List.of("1 end-time-required") : List.of(),
                        found(expired, "--kind=" + word),
                        word);
                assertEquals(
                        kind.promisesCancelledCode() ? List.of("1 error-code-invalid") : List.of(),
                        found(cancelled, "--kind=" + word),
                        word);
            }
        }
    }

    @Test
    void aNameThatTellsItsKindIsBelieved() {
        for (String name : List.of("tuningJobs/7", "projects/p/locations/l/customJobs/7")) {
            JobSnapshot job = running("").withName(name).withStartTime(null);
            assertEquals(List.of("1 start-time-required"), found(lines(job), "--kind", "data-labeling-job"));
        }
        JobSnapshot labeling = running("").withName("dataLabelingJobs/7").withStartTime(null);
        assertEquals(List.of(), found(lines(labeling), "--kind", "tuning-job"));
        assertEquals(List.of("1 start-time-required"), found(lines(labeling.withName("DataLabelingJobs/7"))));
    }

    @Test
    void sortOrdersByUpdateTimeAndReportsInTheOrderOfLines() {
        String input = lines(
                succeeded("7").withEndTime(null),
                running("8").withCreateTime(null),
                pending("7").withUpdateTime(Jobs.NOON.minusSeconds(1)),
                running("7"));
        assertEquals(
                List.of(
                        "1 end-time-required",
                        "2 create-time-required",
                        "3 update-time-regressed",
                        "4 update-time-regressed"),
                found(input));
        assertEquals(
                List.of("1 end-time-required", "2 create-time-required", "3 update-time-order"),
                found(input, "--sort"));
    }

    @Test
    void sortIsStable() {
        String input = lines(
                running("7").withUpdateTime(ENDED), succeeded("7"), pending("7").withUpdateTime(ENDED), pending("8"));
        assertEquals(found(input), found(input, "--sort"));
        assertEquals(
                List.of("3 transition-illegal", "3 start-time-changed", "3 end-time-changed"), found(input, "--sort"));
    }

    @Test
    void sortPutsSnapshotsWithoutUpdateTimeFirst() {
        String input = lines(running("7"), pending("7").withUpdateTime(null));
        assertEquals(List.of("2 start-time-changed"), found(input));
        assertEquals(List.of(), found(input, "--sort"));
    }

    @Test
    void sortToleratesLinesThatCannotBeRead() {
        String input = "x\n" + lines(succeeded("7")) + "{\"x\":1}\n" + lines(running("7")) + "[1]\n";
        assertEquals(List.of("1 malformed-json", "3 name-missing", "5 malformed-json"), found(input, "--sort"));
    }

    @Test
    void sortKeepsApartTheElementsOfAnArrayOnOneLine() {
        String array = "["
                + lines(succeeded("7").withCreateTime(null), running("8").withCreateTime(null), running("7"))
                        .strip()
                        .replace("\n", ",")
                + "]";
        assertEquals(
                List.of("1 create-time-required", "1 create-time-changed", "1 create-time-required"),
                found(array, "--sort"));
        assertEquals(
                "{\"summary\":{\"snapshots\":3,\"jobs\":2,\"violations\":3,\"unreadable\":0,\"assumedKind\":0}}",
                Cli.check(array, "--sort", "--format=json").lastLine());
    }

    @Test
    void withoutExcludesRules() {
        String input =
                lines(running("7").withCreateTime(null).withStartTime(null).withEndTime(ENDED));
        List<String> all = List.of(
                "1 create-time-required", "1 start-time-required", "1 end-time-premature", "1 update-time-order");
        assertEquals(all, found(input));
        assertEquals(all.subList(0, 3), found(input, "--without", "update-time-order"));
        assertEquals(all.subList(0, 2), found(input, "--without", "update-time-order,end-time-premature"));
        assertEquals(
                all.subList(1, 2),
                found(input, "--without=update-time-order,create-time-required", "--without=end-time-premature"));
    }

    @Test
    void withoutUpdateTimeRegressedAStaleSnapshotIsTheBaseline() {
        String input = lines(succeeded("7"), running("7"), succeeded("7"));
        assertEquals(List.of("2 update-time-regressed"), found(input));
        assertEquals(
                List.of("2 transition-illegal", "2 end-time-changed"),
                found(input, "--without", "update-time-regressed"));
    }

    @Test
    void transitionIllegalCannotBeExcluded() {
        Cli.Result result = Cli.run("check", "--without", "start-time-order,transition-illegal");
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "job-lifecycle: transition-illegal cannot be excluded: it is the lifecycle"
                                + " (see job-lifecycle check --help)\n"),
                result);
    }
}
