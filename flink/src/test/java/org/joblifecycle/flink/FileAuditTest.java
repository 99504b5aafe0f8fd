package org.joblifecycle.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAuditTest {
    @TempDir
    private Path folder;

    @SuppressWarnings("try") // an interrupt may come of it
    private static List<String> findings(FileAudit audit, int slots) throws Exception {
        Configuration config = new Configuration();
        config.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(slots, config);
        List<String> all = new ArrayList<>();
        try (CloseableIterator<JobFinding> found =
                audit.in(env).setParallelism(1).executeAndCollect()) {
            found.forEachRemaining(finding -> all.add(finding.json()));
        }
        return all;
    }

    @Test
    void theFindingsAreThoseOfTheCommand() throws Exception {
        Path file = Check.generate(folder.resolve("jobs.jsonl"), 2000, 7);
        List<String> expected = Check.findings(List.of(file));
        assertTrue(expected.size() > 50);
        FileAudit audit =
                FileAudit.of(JobAudit.observer(), List.of(file.toString())).inRangesOf(100_000);
        assertEquals(expected, findings(audit, 2));
        FileAudit sorted = FileAudit.of(JobAudit.observer().inOrderOfUpdateTime(), List.of(file.toString()))
                .inRangesOf(100_000);
        assertEquals(Check.findings(List.of(file), "--sort"), findings(sorted, 2));
    }
}
