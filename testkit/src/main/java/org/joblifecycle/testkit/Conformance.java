package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobLifecycle;
import org.jspecify.annotations.Nullable;

/**
 * Compares a {@link JobSystem} with a lifecycle: by a list of {@linkplain #checks checks}, which is always the same, and by
 * {@linkplain #programs programs} that are drawn at random and run on both. It needs no test framework; {@code
 * org.joblifecycle.testkit.junit.ConformanceTest} makes tests of it.
 *
 * <p>With the lifecycle of an observer, the system has to refuse what an observer finds wrong. A mirror, which keeps what it
 * observes, legal or not, is tested by {@link MirrorConformance} instead.
 *
 * <pre>{@code
 * ConformanceReport report = Conformance.of(JobLifecycle.authority(JobKind.CUSTOM_JOB), MySystem::new).run();
 * System.out.println(report);
 * }</pre>
 */
public final class Conformance {
    /** Limits the time that shrinking takes with a slow system. */
    private static final int MOST_RUNS = 2000;

    private static final long MOST_RUNS_EVER = 10_000_000;
    private static final long MOST_JOBS = 1_000_000_000;

    private final JobLifecycle lifecycle;
    private final Supplier<? extends JobSystem> systems;
    private final Set<Capability> capabilities;
    private final Precision precision;
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
            if (can(Capability.KEEPS_UNKNOWN_FIELDS) && !can(Capability.KEEPS_TUNING_JOBS)) {
                throw new IllegalArgumentException(
                        "the system declares KEEPS_UNKNOWN_FIELDS: expected KEEPS_TUNING_JOBS beside it");
            }
            if (can(Capability.GIVEN_TIME)) {
                SystemClock.MOVABLE.filter(this::can).forEach(moves -> {
                    throw new IllegalArgumentException("the system declares " + moves
                            + " and GIVEN_TIME: expected one of them, since events at given times need no clock");
                });
            }
            this.precision = Precision.of(system::precision);
            this.first = first(session(system, null, Starts.ALL.head(), Coverage.of(lifecycle)));
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
     * @throws IllegalArgumentException if the system declares neither UPDATE_DRIVEN nor EVENT_DRIVEN, or GIVEN_TIME and a
     *     capability by which its clock is moved, KEEPS_UNKNOWN_FIELDS alone, or a precision longer than a second
     */
    public static Conformance of(JobLifecycle lifecycle, Supplier<? extends JobSystem> systems) {
        return new Conformance(requireNonNull(lifecycle, "lifecycle"), requireNonNull(systems, "systems"));
    }

    private JobSystem open() {
        return requireNonNull(systems.get(), "the system");
    }

    private Session session(JobSystem system, @Nullable JobState beginning, Instant start, Coverage coverage) {
        return new Session(
                lifecycle,
                system,
                capabilities,
                precision,
                beginning,
                start,
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
     * Runs all checks and some {@linkplain #programs programs}.
     *
     * @throws IllegalArgumentException if their number is negative
     */
    public ConformanceReport run(int programs, long seed) {
        return new ConformanceReport(checks().append(programs(programs, seed)).map(Check::run));
    }

    /**
     * The check that random programs show no difference: several jobs take paths, each over a drawn edge, and in between illegal
     * updates and events are tried. A program that fails is shrunk.
     *
     * @param number how many there are; not negative
     * @param seed by which they are drawn: the same ones for the same seed
     * @throws IllegalArgumentException if their number is negative
     */
    public Check programs(int number, long seed) {
        if (number < 0) {
            throw new IllegalArgumentException("the number of programs is " + number + ": expected 0 or more");
        }
        return new Check("programs", number + " programs", () -> {
            if (number == 0) {
                throw new Check.NotTested("no program was requested");
            }
            Random random = new Random(seed);
            for (int program = 0; program < number; program++) {
                try {
                    checkAndShrink(draw(random));
                } catch (NonconformanceError e) {
                    throw e.remarked("drawn with the seed " + seed);
                }
            }
        });
    }

    /** Draws a program for this system. */
    Program draw(Random random) {
        return new Programs(this).draw(requireNonNull(random, "random"));
    }

    /**
     * Runs a program.
     *
     * @throws NonconformanceError if the system fails
     */
    void check(Program program) {
        requireNonNull(program, "program");
        using(program.start(), program::run);
    }

    /**
     * Performs, from a time on, some steps after others that bring jobs to where they begin. If the system fails, the error is that
     * of the one step alone, and as simple as possible, if that fails for the same reason.
     *
     * @throws NonconformanceError if the system fails in one of the steps
     * @throws Check.NotTested if it fails before, or if none of the steps is possible
     */
    void check(Instant start, Seq<Step> setup, Seq<Step> steps) {
        AtomicReference<Step> last = new AtomicReference<>();
        try {
            using(start, session -> {
                session.setUp(setup);
                int before = session.asked();
                for (Step step : steps) {
                    last.set(step);
                    int asked = session.asked();
                    try {
                        session.perform(step);
                    } catch (NonconformanceError e) {
                        last.set(step.only(session.asked() - asked - 1));
                        throw e;
                    }
                }
                if (session.asked() == before) {
                    throw new Check.NotTested("there is no such update or event for a job of the system");
                }
            });
        } catch (NonconformanceError e) {
            throw last.get() == null ? e : alone(start, setup, last.get(), e);
        }
    }

    /**
     * Creates, from a time on, a whole tuning job, and performs these steps. If some of the rest of the job is lost, the error is that
     * of a job that has as little as possible of it.
     *
     * @throws NonconformanceError if the system does not keep the rest
     * @throws Check.NotTested if it fails in any other way
     */
    void checkRest(Instant start, Request request, Seq<Step> steps) {
        try {
            using(start, rest(request, steps));
        } catch (NonconformanceError e) {
            if (e.requirement() != Requirement.REST_UNCHANGED) {
                throw Check.NotTested.inSetup(e);
            }
            throw request.simpler()
                    .flatMap(simpler -> failure(start, rest(simpler, steps)))
                    .filter(e::isAlike)
                    .headOption()
                    .getOrElse(e);
        }
    }

    private static Consumer<Session> rest(Request request, Seq<Step> steps) {
        return session -> {
            session.submit(0, request);
            steps.forEach(session::perform);
        };
    }

    /** The failure of one step, without what it does not need. */
    private NonconformanceError alone(Instant start, Seq<Step> setup, Step step, NonconformanceError failure) {
        Seq<Step> needed = setup.filter(each -> each.job() == step.job());
        NonconformanceError least = failure;
        Iterator<Step> simpler = List.of(step).iterator();
        while (simpler.hasNext()) {
            Step next = simpler.next();
            Option<NonconformanceError> same = failure(start, session -> {
                        session.setUp(needed);
                        session.perform(next);
                    })
                    .filter(failure::isAlike);
            if (same.isDefined()) {
                least = same.get();
                simpler = next.simpler().iterator();
            }
        }
        return least;
    }

    /** How a system fails in this; nothing if it does not. */
    private Option<NonconformanceError> failure(Instant start, Consumer<Session> use) {
        try {
            using(start, use);
            return Option.none();
        } catch (NonconformanceError e) {
            return Option.of(e);
        } catch (Check.NotTested e) {
            return Option.none(); // a job was created in another state: this shows nothing
        }
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
            Option<NonconformanceError> same = failure(next.start(), next::run).filter(failure::hasSameReason);
            if (same.isDefined()) {
                least = same.get();
                simpler = next.simpler().iterator();
            }
        }
        return least;
    }

    /**
     * Opens a system, does something with jobs of it, and closes it.
     *
     * @param start when the first of the jobs begins
     */
    void using(Instant start, Consumer<Session> use) {
        JobSystem opened = answered("opening", this::open);
        try (Session session = session(opened, first.map(JobSnapshot::state).getOrNull(), start, coverage)) {
            use.accept(session);
        } finally {
            answered("closing", () -> {
                opened.close();
                return opened;
            });
        }
    }

    /** Does the same in several threads at the same time, with jobs of one system; each thread has jobs of its own. */
    void usingAtOnce(Instant start, int threads, Consumer<Session> use) {
        using(
                start,
                first -> ConcurrentCalls.inThreads(threads, () -> {
                    try (Session session = first.another()) {
                        use.accept(session);
                    }
                }));
    }

    /** What a call answers that opens or closes a system; if it throws, the system fails. */
    static <T> T answered(String change, Supplier<T> call) {
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
