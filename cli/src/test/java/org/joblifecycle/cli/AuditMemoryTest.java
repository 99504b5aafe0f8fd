package org.joblifecycle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.joblifecycle.json.JobJson;
import org.junit.jupiter.api.Test;

class AuditMemoryTest {
    private static final int FEW = 100_000;

    // So many that the buffers of what is read ahead, of which a loaded machine needs more, do not count: 16 bytes a
    // job at most.
    private static final int MANY = 1_100_000;
    private static final int SNAPSHOTS = 3;

    // More than the number of names that a reader remembers.
    private static final int JOBS_AT_A_TIME = 20_000;
    private static final long MOST_BYTES = 200;

    // A String and its array, in a heap of less than 32 GB.
    private static final long NAME_BYTES = 24 + (16L + name(0).length() + 7) / 8 * 8;

    private long used;

    @Test
    void aJobTakesAtMost200BytesBesideItsName() {
        Fill few = new Fill(0, FEW);
        Fill many = new Fill(FEW, MANY);
        Cli.Result result = new Cli()
                .in(new SequenceInputStream(Collections.enumeration(
                        List.of(few, new Blank(), new Measure(-1), many, new Blank(), new Measure(1)))))
                .with("check");
        assertEquals(MANY + " jobs, " + MANY * SNAPSHOTS + " snapshots: nothing found", result.lastLine());
        long bytes = used / (MANY - FEW) - NAME_BYTES;
        assertTrue(bytes > 100 && bytes <= MOST_BYTES, () -> bytes + " bytes a job");
    }

    private static String name(int number) {
        return "projects/482910377561/locations/us-central1/tuningJobs/" + (1_000_000_000 + number);
    }

    // Some snapshots of each of these jobs, which have ended: as many fields as a job without an error has.
    private static final class Fill extends BulkInput {
        private final String snapshot = JobJson.write(Jobs.succeeded("x"));
        private final int end;
        private int next;
        private byte[] lines = new byte[0];
        private int at;

        Fill(int begin, int end) {
            this.next = begin;
            this.end = end;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (at == lines.length) {
                if (next == end) {
                    lines = new byte[0];
                    at = 0;
                    return -1;
                }
                int first = next;
                next = Math.min(end, next + JOBS_AT_A_TIME);
                lines = IntStream.range(first, next)
                        .mapToObj(number -> snapshot.replace(Jobs.name("x"), name(number)) + "\n")
                        .collect(Collectors.joining())
                        .repeat(SNAPSHOTS)
                        .getBytes(UTF_8);
                at = 0;
            }
            int count = Math.min(length, lines.length - at);
            System.arraycopy(lines, at, target, offset, count);
            at += count;
            return count;
        }
    }

    // More blank lines than are read ahead: once all of them were read, the lines before them were checked.
    private static final class Blank extends BulkInput {
        private long left = (8L * Runtime.getRuntime().availableProcessors() + 8) << 20;

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            Arrays.fill(target, offset, offset + count, (byte) '\n');
            left -= count;
            return count;
        }
    }

    // No lines, but a measurement when the reader comes to it.
    private final class Measure extends BulkInput {
        private final int sign;

        Measure(int sign) {
            this.sign = sign;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            Runtime runtime = Runtime.getRuntime();
            used += sign * (runtime.totalMemory() - runtime.freeMemory());
            return -1;
        }
    }
}
