package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobLifecycle;
import org.jspecify.annotations.Nullable;

/**
 * Compares a {@link JobSystem} with a lifecycle: by a list of {@linkplain #checks checks}, which is always the same, and by
 * programs that are {@linkplain #draw drawn} at random and {@linkplain #check run} on both. It needs no test framework; {@code
 * org.joblifecycle.testkit.junit.ConformanceTest} makes tests of it.
 *
 * <p>With the lifecycle of an observer, the system has to refuse what an observer finds wrong. A mirror, which stores what it
 * reads, legal or not, is tested with {@link PollLog} and {@link Mutants} instead.
 *
 * <pre>{@code
 * ConformanceReport report = Conformance.of(JobLifecycle.authority(JobKind.CUSTOM_JOB), MySystem::new).run();
 * System.out.println(report);
 * }</pre>
 */
public final class Conformance {
    /** Limits the time that shrinking takes with a slow system. */
    private static final int MOST_RUNS = 2000;

    /** Seconds to wait for threads that work at the same time. */
    private static final int PATIENCE = 120;

    private static final long MOST_RUNS_EVER = 10_000_000;
    private static final long MOST_JOBS = 1_000_000_000;

    private final JobLifecycle lifecycle;
    private final Supplier<? extends JobSystem> systems;
    private final Set<Capability> capabilities;
    private final ChronoUnit precision;
    private final Either<NonconformanceError, JobSnapshot> first;
    private final Coverage coverage;

    /** Random at first: two runs over a system that keeps its jobs do not use the same names. */
    private final AtomicLong names = new AtomicLong(ThreadLocalRandom.current().nextLong(MOST_RUNS_EVER) * MOST_JOBS);

    private Conformance(JobLifecycle lifecycle, Supplier<? extends JobSystem> systems) {
        this.lifecycle = lifecycle;
        this.systems = systems;
        try (JobSystem system = open()) {
            this.capabilities = EnumSet.noneOf(Capability.class);
            capabilities.addAll(declared(system));
            if (drives().isEmpty()) {
                throw new IllegalArgumentException(
                        "the system declares " + capabilities + ": expected UPDATE_DRIVEN or EVENT_DRIVEN among them");
            }
            this.precision = requireNonNull(system.precision(), "precision");
            if (precision.compareTo(ChronoUnit.SECONDS) > 0) {
                throw new IllegalArgumentException(
                        "the precision is " + precision.name() + ": expected SECONDS or shorter");
            }
            this.first = first(session(system, null, Coverage.of(lifecycle)));
        }
        this.coverage = Coverage.of(
                lifecycle,
                first.getOrElse(JobSnapshot.of(null, JobState.UNSPECIFIED)),
                can(Capability.UPDATE_DRIVEN),
                first.isRight() ? new Checks(this, precision).breakable() : List.empty());
    }

    private static Set<Capability> declared(JobSystem system) {
        Set<Capability> declared = system.capabilities();
        if (declared == null || declared.stream().anyMatch(Objects::isNull)) {
            throw new NullPointerException(
                    "capabilities() of the system answered " + declared + ": expected a set without null");
        }
        return declared;
    }

    private static Either<NonconformanceError, JobSnapshot> first(Session session) {
        try {
            session.pass(Program.PAUSE);
            return Either.right(session.job(0).current());
        } catch (NonconformanceError e) {
            return Either.left(e);
        }
    }

    /**
     * Compares a system with a lifecycle. At once, one system is asked for its capabilities and to create a job.
     *
     * @param lifecycle what the system has to conform to: that of its kind of jobs, without the edges and rules that it excludes
     * @param systems supplies a system for each check, which is closed afterwards; it may be the same one again, because every
     *     check has jobs of its own
     * @throws IllegalArgumentException if the system declares neither UPDATE_DRIVEN nor EVENT_DRIVEN, or a precision
     *     longer than a second
     */
    public static Conformance of(JobLifecycle lifecycle, Supplier<? extends JobSystem> systems) {
        return new Conformance(requireNonNull(lifecycle, "lifecycle"), requireNonNull(systems, "systems"));
    }

    private JobSystem open() {
        return requireNonNull(systems.get(), "the system");
    }

    private Session session(JobSystem system, @Nullable JobState beginning, Coverage coverage) {
        return new Session(
                lifecycle,
                system,
                capabilities,
                precision,
                beginning,
                () -> History.name(lifecycle.kind(), names.incrementAndGet()),
                coverage);
    }

    /** The lifecycle that the system has to conform to. */
    public JobLifecycle lifecycle() {
        return lifecycle;
    }

    /** The capabilities that the system declares; unmodifiable. */
    public Set<Capability> capabilities() {
        return Collections.unmodifiableSet(capabilities);
    }

    /**
     * What checks and programs have covered so far. States and edges that the system's jobs cannot reach do not count, and
     * neither do rules that no check can break.
     */
    public Coverage coverage() {
        return coverage;
    }

    /** The checks, in groups; with those that are not tested because the system does not declare a capability. */
    public Seq<Check> checks() {
        return new Checks(this, precision).all();
    }

    /** Runs all checks. */
    public ConformanceReport run() {
        return new ConformanceReport(checks().map(Check::run));
    }

    /**
     * Runs all checks and some drawn programs. A program that fails is shrunk.
     *
     * @param programs the number of programs; not negative
     * @param random draws the programs: the same ones for the same seed
     */
    public ConformanceReport run(int programs, Random random) {
        if (programs < 0) {
            throw new IllegalArgumentException("programs is " + programs + ": expected 0 or more");
        }
        requireNonNull(random, "random");
        Check drawn = new Check("programs", programs + " programs", () -> {
            if (programs == 0) {
                throw new Check.NotTested("no program was requested");
            }
            for (int program = 0; program < programs; program++) {
                checkAndShrink(draw(random));
            }
        });
        return new ConformanceReport(checks().append(drawn).map(Check::run));
    }

    /**
     * Draws a program for this system: some jobs take paths, each over a drawn edge, and in between illegal updates and events
     * are tried.
     */
    public Program draw(Random random) {
        return new Programs(this).draw(requireNonNull(random, "random"));
    }

    /**
     * Runs a program.
     *
     * @throws NonconformanceError if the system fails
     */
    public void check(Program program) {
        requireNonNull(program, "program");
        using(program::run);
    }

    /**
     * Runs a program. If the system fails, the error is that of the simplest program found that fails for the same reason.
     *
     * @throws NonconformanceError if the system fails
     */
    void checkAndShrink(Program program) {
        try {
            check(program);
        } catch (NonconformanceError e) {
            throw shrunk(program, e);
        }
    }

    private NonconformanceError shrunk(Program program, NonconformanceError failure) {
        NonconformanceError least = failure;
        Iterator<Program> simpler = program.simpler().iterator();
        for (int runs = 0; runs < MOST_RUNS && simpler.hasNext(); runs++) {
            Program next = simpler.next();
            try {
                check(next);
            } catch (NonconformanceError e) {
                if (e.requirement() == failure.requirement() && e.rules().equals(failure.rules())) {
                    least = e;
                    simpler = next.simpler().iterator();
                }
            } catch (Check.NotTested e) {
                // A job was created in another state: this program shows nothing.
            }
        }
        return least;
    }

    /** Opens a system, does something with jobs of it, and closes it. */
    void using(Consumer<Session> use) {
        JobSystem opened = answered("opening", this::open);
        try (Session session = session(opened, first.map(JobSnapshot::state).getOrNull(), coverage)) {
            use.accept(session);
        } finally {
            answered("closing", () -> {
                opened.close();
                return opened;
            });
        }
    }

    /** Does the same in several threads at the same time, with jobs of one system; each thread has jobs of its own. */
    void usingAtOnce(int threads, Consumer<Session> use) {
        using(first -> {
            ExecutorService executor = ConcurrentCalls.daemons();
            try {
                Callable<Void> once = () -> {
                    try (Session session = first.another()) {
                        use.accept(session);
                    }
                    return null;
                };
                for (Future<Void> done :
                        executor.invokeAll(Collections.nCopies(threads, once), PATIENCE, TimeUnit.SECONDS)) {
                    done.get();
                }
            } catch (CancellationException e) {
                throw new NonconformanceError(
                        Requirement.ANSWERED,
                        "concurrent jobs",
                        List.empty(),
                        "no answer within " + PATIENCE + " s",
                        "// " + threads + " threads with jobs of their own",
                        e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof NonconformanceError error) {
                    throw error;
                }
                throw e.getCause() instanceof Check.NotTested notTested ? notTested : new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the system was called", e);
            } finally {
                executor.shutdownNow();
            }
        });
    }

    private static JobSystem answered(String change, Supplier<JobSystem> call) {
        try {
            return call.get();
        } catch (RuntimeException | LinkageError | AssertionError e) {
            throw new NonconformanceError(
                    Requirement.ANSWERED, change, List.empty(), "the system threw " + e, "// " + change, e);
        }
    }

    boolean can(Capability capability) {
        return capabilities.contains(capability);
    }

    /** A job as the system creates it, or the failure to create one. */
    Either<NonconformanceError, JobSnapshot> first() {
        return first;
    }

    /** The paths of a job that the system created. */
    JobPaths paths() {
        return first.map(JobPaths.of(lifecycle)::from).getOrElse(() -> JobPaths.of(lifecycle));
    }

    Seq<Capability> drives() {
        return List.of(Capability.UPDATE_DRIVEN, Capability.EVENT_DRIVEN).filter(this::can);
    }
}
