package org.joblifecycle.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.joblifecycle.flink.JobAudit;
import org.joblifecycle.flink.JobRecord;
import org.joblifecycle.flink.Place;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;

/**
 * An audit that keeps many jobs, in a JVM of its own: three snapshots of each, of which a quarter fails with a message of 60
 * characters. Prints a {@link Tally}: how long it takes, and the bytes of its savepoints.
 */
final class FlinkState {
    static final String MILLIS = "millis";
    static final String CANONICAL = "canonical-bytes";
    static final String CANONICAL_MILLIS = "canonical-millis";
    static final String NATIVE = "native-bytes";
    static final String NATIVE_MILLIS = "native-millis";
    static final String NAMES = "name-bytes";
    static final String DISK = "disk-bytes";
    static final String HEAP = "heap-bytes";

    private static final int POLLS = 3;
    private static final int MILLIS_BETWEEN_LOOKS = 50;
    private static final int MOST_LOOKS = 600;
    private static final String JOBS = "job-lifecycle.jobs"; // an accumulator of the audit
    private static final LongAdder GENERATED = new LongAdder();

    private FlinkState() {}

    /**
     * Runs it.
     *
     * @param arguments how many jobs, rounded up to ten thousands; the state backend; how many slots; a folder
     */
    public static void main(String... arguments) {
        HeapPeak heap = HeapPeak.watch();
        try {
            long jobs = Fleet.rounded(Long.parseLong(arguments[0]));
            Path folder = Path.of(arguments[3]).toAbsolutePath();
            StreamExecutionEnvironment env =
                    FlinkEnvironments.local(Integer.parseInt(arguments[2]), arguments[1], folder);
            add(jobs, env);
            long start = System.nanoTime();
            JobClient job = env.executeAsync();
            while (GENERATED.sum() < jobs * POLLS) {
                if (job.getJobStatus().get().isGloballyTerminalState()) {
                    job.getJobExecutionResult().get(); // says why it failed
                }
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
            }
            Tally tally = new Tally();
            tally.add(MILLIS, millisSince(start));
            tally.add(DISK, size(folder));
            savepoint(job, SavepointFormatType.CANONICAL, folder, tally, CANONICAL, CANONICAL_MILLIS);
            savepoint(job, SavepointFormatType.NATIVE, folder, tally, NATIVE, NATIVE_MILLIS);
            check(job, jobs);
            job.cancel().get();
            tally.add(NAMES, Fleet.name(0).getBytes(UTF_8).length);
            tally.add(HEAP, heap.bytes());
            System.out.print(tally);
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(2);
        }
    }

    private static void add(long jobs, StreamExecutionEnvironment env) {
        env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
        long polls = jobs * POLLS;
        env.fromSource(
                        new DataGeneratorSource<>(
                                new Fleet(polls),
                                Long.MAX_VALUE,
                                parallelism -> new Pause(polls),
                                TypeInformation.of(JobRecord.class)),
                        WatermarkStrategy.noWatermarks(),
                        "jobs")
                .setParallelism(1)
                .keyBy(JobRecord::key, Types.STRING)
                .process(JobAudit.observer())
                .uid("audit")
                .sinkTo(new DiscardingSink<>());
    }

    private static void savepoint(
            JobClient job, SavepointFormatType format, Path folder, Tally tally, String bytes, String millis)
            throws Exception {
        long start = System.nanoTime();
        String place = job.triggerSavepoint(folder.resolve("savepoints").toUri().toString(), format)
                .get();
        tally.add(millis, millisSince(start));
        tally.add(bytes, size(Path.of(URI.create(place))));
    }

    /**
     * Waits until all jobs are reported, which takes until the next heartbeat.
     *
     * @throws IllegalStateException if they are not
     */
    private static void check(JobClient job, long jobs) throws Exception {
        for (int i = 0; i < MOST_LOOKS; i++) {
            if (job.getAccumulators().get().get(JOBS) instanceof Long kept && kept == jobs) {
                return;
            }
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
        }
        throw new IllegalStateException("kept " + job.getAccumulators().get().get(JOBS) + " jobs: expected " + jobs);
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    /** The bytes of the files in a folder, some of which may just be deleted. */
    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(FlinkState::sizeOfFile).sum();
        } catch (UncheckedIOException e) {
            return size(folder);
        }
    }

    private static long sizeOfFile(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets so many snapshots pass, and then one each second: a job that has ended could not make a savepoint. */
    private static final class Pause implements RateLimiter<NumberSequenceSplit> {
        private long left;

        Pause(long polls) {
            left = polls;
        }

        @Override
        public CompletionStage<Void> acquire(int number) {
            left -= number;
            return left >= 0
                    ? CompletableFuture.completedStage(null)
                    : CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
        }
    }

    /** Jobs that live ten thousand at a time, each polled when it waits, when it runs and when it has ended; then the last poll again. */
    private static final class Fleet implements GeneratorFunction<Long, JobRecord> {
        private static final long serialVersionUID = 1L;
        private static final long ALIVE = 10_000;
        private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
        private static final String MESSAGE = "The replica pool0-%07d exited with a non-zero status: 137";
        private static final int MICROS_A_SECOND = 1_000_000;

        private final long polls;

        Fleet(long polls) {
            this.polls = polls;
        }

        static long rounded(long jobs) {
            return (jobs + ALIVE - 1) / ALIVE * ALIVE;
        }

        static String name(long job) {
            long id = 1_000_000_000_000_000_000L + ((job * 0x9E3779B97F4A7C15L) >>> 2);
            return "projects/123456789012/locations/us-central1/customJobs/" + id;
        }

        @Override
        public JobRecord map(Long number) {
            GENERATED.increment();
            long index = Math.min(number, polls - 1);
            long rest = index % (ALIVE * POLLS);
            long job = index / (ALIVE * POLLS) * ALIVE + rest % ALIVE;
            return JobRecord.of(Place.ofOffset("jobs", 0, index), poll(job, (int) (rest / ALIVE)));
        }

        private static JobSnapshot poll(long job, int poll) {
            Instant created = later(BEGIN.plusSeconds(job), 0, job);
            Instant started = later(created, 90, job + 1);
            Instant ended = later(started, 3600, job + 2);
            JobSnapshot waiting = JobSnapshot.of(name(job), JobState.PENDING).withCreateTime(created);
            JobSnapshot running = waiting.withState(JobState.RUNNING).withStartTime(started);
            return switch (poll) {
                case 0 -> waiting.withUpdateTime(created);
                case 1 -> running.withUpdateTime(started);
                default ->
                    job % 4 == 0
                            ? running.withState(JobState.FAILED)
                                    .withEndTime(ended)
                                    .withUpdateTime(ended)
                                    .withError(new JobError(3, MESSAGE.formatted(job)))
                            : running.withState(JobState.SUCCEEDED)
                                    .withEndTime(ended)
                                    .withUpdateTime(ended);
            };
        }

        /** A time that is so many seconds later and some microseconds. */
        private static Instant later(Instant time, long seconds, long seed) {
            long micros = Math.floorMod(seed * 0x9E3779B97F4A7C15L, MICROS_A_SECOND);
            return time.plusSeconds(seconds).plus(micros, ChronoUnit.MICROS);
        }
    }
}
