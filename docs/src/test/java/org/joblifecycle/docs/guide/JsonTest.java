package org.joblifecycle.docs.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.JobJson;
import org.joblifecycle.json.JobLine;
import org.joblifecycle.json.JobLines;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.transition.AuditStep;
import org.joblifecycle.transition.JobAuditor;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {
    private final List<String> report = new ArrayList<>();

    @Test
    void oneJobIsReadAndWritten() {
        String body =
                "{\"name\": \"projects/p/locations/l/tuningJobs/7\", \"state\": \"JOB_STATE_PENDING\", \"baseModel\": \"m\"}";
        // guide: json
        Validation<Unreadable, JobSnapshot> read = JobJson.read(body);
        String answer =
                read.isValid() ? JobJson.write(read.get()) : read.getError().message();
        // end
        assertEquals("{\"name\":\"projects/p/locations/l/tuningJobs/7\",\"state\":\"JOB_STATE_PENDING\"}", answer);
    }

    // guide: json-lines
    void audit(Path file) throws IOException {
        JobAuditor auditor = JobAuditor.observer();
        try (JobLines lines = new JobLines(Files.newInputStream(file))) {
            while (lines.hasNext()) {
                JobLine line = lines.next();
                if (line.job().isInvalid()) {
                    report(line.number(), line.job().getError());
                    continue;
                }
                Verdict verdict = auditor.observe(line.kind(), line.job().get());
                verdict.violations().forEach(violation -> report(line.number(), violation));
            }
        }
    }
    // end

    private void report(long line, Object finding) {
        report.add(line + ": " + finding);
    }

    @Test
    void aFileIsAuditedLineByLine(@TempDir Path folder) throws IOException {
        Path file = Files.write(
                folder.resolve("jobs.jsonl"),
                List.of(
                        JobJson.write(Jobs.succeeded(Jobs.TUNING_JOB)),
                        "{\"name\": \"projects/p/locations/l/tuningJobs/7\"}",
                        "",
                        JobJson.write(Jobs.running(Jobs.TUNING_JOB)
                                .withUpdateTime(Jobs.succeeded(Jobs.TUNING_JOB).updateTime()))));

        audit(file);

        assertEquals(
                List.of(
                        "2: state-missing: state is missing: expected a state such as JOB_STATE_RUNNING",
                        "4: transition-illegal: cannot go from SUCCEEDED to RUNNING: SUCCEEDED is terminal",
                        "4: end-time-changed: endTime 2026-05-01T13:00:00Z was removed: expected to stay, because a"
                                + " job ends once"),
                report);
    }

    /** What a stream processor keeps for the key of the record that it is at: text. */
    private static final class KeyedState {
        private @Nullable String text;

        @Nullable
        JobSnapshot value() {
            return text == null ? null : JobJson.read(text).get();
        }

        void update(JobSnapshot value) {
            text = JobJson.write(value);
        }
    }

    private final JobLifecycle mirror = JobLifecycle.observer(JobKind.TUNING_JOB);

    // guide: stream
    /** Called for each snapshot. Records and state are keyed by the name of the job. */
    Seq<Violation> process(KeyedState state, JobSnapshot observed) {
        AuditStep step = mirror.audit(state.value(), observed);
        state.update(step.baseline());
        return step.verdict().violations();
    }
    // end

    @Test
    void interleavedJobsGiveTheSameFindings() {
        String other = "projects/p/locations/l/tuningJobs/8";
        List<JobSnapshot> oneByOne = List.of(
                Jobs.succeeded(Jobs.TUNING_JOB),
                Jobs.running(Jobs.TUNING_JOB),
                Jobs.running(other),
                Jobs.succeeded(other).withEndTime(null));
        List<JobSnapshot> interleaved = List.of(oneByOne.get(2), oneByOne.get(0), oneByOne.get(3), oneByOne.get(1));

        assertEquals(findings(oneByOne), findings(interleaved));
        assertEquals(
                Map.of(Jobs.TUNING_JOB, List.of("update-time-regressed"), other, List.of("end-time-required")),
                findings(oneByOne));
    }

    private Map<String, List<String>> findings(List<JobSnapshot> snapshots) {
        Map<String, KeyedState> states = new HashMap<>();
        Map<String, List<String>> findings = new HashMap<>();
        for (JobSnapshot observed : snapshots) {
            Seq<Violation> found = process(states.computeIfAbsent(observed.name(), key -> new KeyedState()), observed);
            findings.computeIfAbsent(observed.name(), key -> new ArrayList<>())
                    .addAll(found.map(violation -> violation.rule().id()).asJava());
        }
        return findings;
    }
}
