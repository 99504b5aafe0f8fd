package org.joblifecycle.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.JobJson;
import org.joblifecycle.transition.AuditStep;
import org.joblifecycle.transition.JobLifecycle;
import org.junit.jupiter.api.Test;

/** The program with Jackson counts what the readers of this library and the lifecycle count. */
class JacksonAuditTest {
    private static final Path FLEET = Path.of("..", "docs", "examples", "fleet.jsonl");

    @Test
    void itCountsTheSame() throws IOException {
        List<String> lines = Files.readAllLines(FLEET).stream()
                .filter(line ->
                        JobJson.read(line).exists(job -> JobKind.of(job.name()).contains(JobKind.TUNING_JOB)))
                .toList();
        Tally expected = new Tally();
        Map<String, JobSnapshot> baselines = new HashMap<>();
        for (String line : lines) {
            JobSnapshot job = JobJson.read(line).get();
            AuditStep step = JobLifecycle.observer(JobKind.TUNING_JOB).audit(baselines.get(job.name()), job);
            baselines.put(job.name(), step.baseline());
            step.verdict()
                    .violations()
                    .forEach(violation -> expected.add(violation.rule().id(), 1));
        }
        expected.add(Tally.JOBS, baselines.size());
        expected.add(Tally.SNAPSHOTS, lines.size());
        assertTrue(lines.size() > 10);
        for (JacksonAudit.Times times : JacksonAudit.Times.values()) {
            byte[] input = String.join("\n", lines).getBytes(UTF_8);
            assertEquals(expected, JacksonAudit.tally(new ByteArrayInputStream(input), times));
        }
    }
}
