package org.joblifecycle.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.joblifecycle.flink.Runs.Streamed;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

// A file of 100 MB, or as many as the profile "large" says.
class LargeFileTest {
    private static final int MEGABYTES = Integer.getInteger("flink.megabytes", 100);
    private static final int JOBS_A_MEGABYTE = 155;
    private static final JobAudit SORTED = JobAudit.observer().inOrderOfUpdateTime();

    @TempDir
    private static Path folder;

    private static Path file;
    private static List<String> inArrivalOrder;
    private static List<String> sorted;

    @BeforeAll
    static void generate() throws IOException {
        file = Check.generate(folder.resolve("jobs"), MEGABYTES * JOBS_A_MEGABYTE, 1);
        assertTrue(Files.size(file) > MEGABYTES * 1_000_000L, Files.size(file) + " bytes");
        inArrivalOrder = Check.findings(List.of(file));
        sorted = Check.findings(List.of(file), "--sort");
        assertTrue(inArrivalOrder.size() > 10 * MEGABYTES);
    }

    private static FileAudit audit(JobAudit audit) {
        return FileAudit.of(audit, List.of(file.toString())).inRangesOf(MEGABYTES * 1_000_000L / 30);
    }

    @Test
    void inBatchModeTheFindingsAreThoseOfTheCommand() throws Exception {
        assertEquals(inArrivalOrder, Runs.batch(audit(JobAudit.observer()), 2));
    }

    @Test
    void inBatchModeAndByUpdateTimeTheyAreThoseOfTheSortingCommand() throws Exception {
        assertEquals(sorted, Runs.batch(audit(SORTED), 2));
    }

    @Test
    void asAStreamTheFindingsAreThoseOfTheCommand() throws Exception {
        Streamed streamed =
                Runs.stream(JobAudit.observer(), List.of(file), WatermarkStrategy.noWatermarks(), 2, "rocksdb");
        assertEquals(Check.sorted(inArrivalOrder), streamed.findings());
    }

    @Test
    void asAStreamByUpdateTimeTheyAreThoseOfTheSortingCommand() throws Exception {
        WatermarkStrategy<JobRecord> watermarks = JobAudit.watermarks(Duration.ofDays(1), Duration.ofMinutes(1));
        Streamed streamed = Runs.stream(SORTED, List.of(file), watermarks, 2, "hashmap");
        assertEquals(List.of(), streamed.late());
        assertEquals(Check.sorted(sorted), streamed.findings());
    }
}
