package org.joblifecycle.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.joblifecycle.flink.Runs.Streamed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamTest {
    private static final JobAudit ARRIVAL = JobAudit.observer();
    private static final JobAudit SORTED = ARRIVAL.inOrderOfUpdateTime();
    private static final Duration IDLE = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private static WatermarkStrategy<JobRecord> outOfOrderBy(Duration time) {
        return JobAudit.watermarks(time, IDLE);
    }

    // What the command finds in a file, some lines of which are blank.
    private static List<String> withoutLines(Path file, List<Long> lines) throws IOException {
        Set<Long> blank = new HashSet<>(lines);
        List<String> all = Files.readAllLines(file);
        Files.writeString(
                file,
                IntStream.range(0, all.size())
                        .mapToObj(i -> (blank.contains(i + 1L) ? "" : all.get(i)) + "\n")
                        .collect(Collectors.joining()));
        return Check.sorted(Check.findings(List.of(file), "--sort"));
    }

    @ParameterizedTest
    @CsvSource({"1, hashmap", "2, hashmap", "3, rocksdb", "4, hashmap"})
    void inArrivalOrderTheFindingsAreThoseOfTheCommand(int slots, String backend) throws Exception {
        Path jobs = Check.generate(folder.resolve("jobs"), 500, slots);
        Path shuffled = Check.shuffle(jobs, folder.resolve("shuffled"), 300);
        Path zipped = Check.zip(shuffled, folder.resolve("jobs.gz"));
        List<Path> files = List.of(jobs, shuffled);
        assertEquals(
                Check.sorted(Check.findings(files)),
                Runs.stream(ARRIVAL, files, WatermarkStrategy.noWatermarks(), slots, backend)
                        .findings());
        assertEquals(
                Check.sorted(Check.findings(List.of(shuffled))),
                Runs.stream(ARRIVAL, List.of(zipped), WatermarkStrategy.noWatermarks(), slots, backend)
                        .findings()
                        .stream()
                        .map(finding -> finding.replace("jobs.gz", "shuffled"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"1, hashmap", "2, rocksdb", "4, hashmap"})
    void inOrderOfUpdateTimeTheFindingsAreThoseOfTheSortingCommand(int slots, String backend) throws Exception {
        Path jobs = Check.generate(folder.resolve("jobs"), 500, slots);
        Path shuffled = Check.shuffle(jobs, folder.resolve("shuffled"), 1000);
        Streamed streamed = Runs.stream(SORTED, List.of(shuffled), outOfOrderBy(Duration.ofDays(1)), slots, backend);
        assertEquals(List.of(), streamed.late());
        assertEquals(Check.sorted(Check.findings(List.of(shuffled), "--sort")), streamed.findings());
    }

    @Test
    void whatIsNotLateIsAuditedAsIfTheRestHadNotCome() throws Exception {
        Path jobs = Check.generate(folder.resolve("jobs"), 3000, 1);
        Path shuffled = Check.shuffle(jobs, folder.resolve("shuffled"), 3000);
        Streamed streamed = Runs.stream(SORTED, List.of(shuffled), outOfOrderBy(Duration.ofMinutes(1)), 2, "hashmap");
        assertEquals(withoutLines(shuffled, streamed.late()), streamed.findings());
    }

    @Test
    void equalAndMissingUpdateTimesAreOrderedAsTheCommandOrdersThem() throws Exception {
        Random random = new Random(3);
        String lines = Files.readAllLines(Check.generate(folder.resolve("jobs"), 3000, 4)).stream()
                .map(line -> switch (random.nextInt(10)) {
                    case 0 -> line.replaceFirst("\"updateTime\":\"[^\"]*\",?", "");
                    case 1, 2, 3 ->
                        line.replaceFirst("(\"updateTime\":\"[^\"]*T\\d\\d):\\d\\d:\\d\\d[.\\d]*Z", "$1:00:00Z");
                    default -> line;
                })
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        Path file = Check.write(folder.resolve("changed"), lines);
        Streamed streamed = Runs.stream(SORTED, List.of(file), outOfOrderBy(Duration.ofHours(1)), 2, "hashmap");
        assertEquals(withoutLines(file, streamed.late()), streamed.findings());
        FileAudit batch = FileAudit.of(SORTED, Runs.names(List.of(file))).inRangesOf(200_000);
        assertEquals(Check.findings(List.of(file), "--sort"), Runs.batch(batch, 2));
        assertTrue(streamed.findings().size() > 500);
    }
}
