package org.joblifecycle.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.joblifecycle.job.JobError;

class RecordSorterProperties {
    private static final int BYTES_OF_RECORD = 700;

    private static JobRecord record(int line) {
        return JobRecord.of(Place.ofLine("file", line), Jobs.running("7"));
    }

    private static List<JobRecord> drain(RecordSorter sorter) throws Exception {
        List<JobRecord> drained = new ArrayList<>();
        sorter.drain(drained::add);
        return drained;
    }

    @Property(tries = 200)
    void anyNumberOfRecordsComesInOrder(
            @ForAll @IntRange(max = 300) int number,
            @ForAll @IntRange(min = 1, max = 300) int inMemory,
            @ForAll Random random)
            throws Exception {
        List<JobRecord> expected = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            expected.add(record(i));
        }
        List<JobRecord> shuffled = new ArrayList<>(expected);
        Collections.shuffle(shuffled, random);
        try (RecordSorter sorter =
                new RecordSorter(Comparator.comparing(JobRecord::place), (long) inMemory * BYTES_OF_RECORD)) {
            for (int round = 0; round < 2; round++) { // it is used again
                for (JobRecord each : shuffled) {
                    sorter.add(each);
                }
                assertEquals(number == 0, sorter.isEmpty());
                assertEquals(expected, drain(sorter));
                assertTrue(sorter.isEmpty());
            }
        }
    }

    @Example
    void recordsThatAreEqualInTheOrderComeAsTheyWereAdded() throws Exception {
        try (RecordSorter sorter = new RecordSorter((one, other) -> 0, 3 * BYTES_OF_RECORD)) {
            List<JobRecord> records = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                records.add(record(i));
                sorter.add(record(i));
            }
            assertEquals(records, drain(sorter));
        }
    }

    @Example
    void whatIsHeldInMemoryHasABound() throws Exception {
        try (RecordSorter sorter = new RecordSorter(Comparator.comparing(JobRecord::place), 10 * BYTES_OF_RECORD)) {
            for (int i = 0; i < 1000; i++) {
                sorter.add(record(i));
            }
            assertTrue(sorter.parts() >= 70, () -> "parts: " + sorter.parts());
            assertEquals(1000, drain(sorter).size());
            assertEquals(0, sorter.parts());
            String message = "x".repeat(5 * BYTES_OF_RECORD);
            JobRecord large =
                    JobRecord.of(Place.ofLine("file", 1), Jobs.running("7").withError(new JobError(3, message)));
            sorter.add(large);
            assertEquals(1, sorter.parts());
        }
    }

    @Example
    void whatFailsOnTheWayIsTold() throws Exception {
        try (RecordSorter sorter = new RecordSorter(Comparator.comparing(JobRecord::place), 1)) {
            sorter.add(record(1));
            assertThrows(
                    IllegalStateException.class,
                    () -> sorter.drain(record -> {
                        throw new IllegalStateException("told");
                    }));
        }
    }
}
