package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;

/**
 * Compares a {@link MirrorSystem} with the lifecycle of an observer: by a list of {@linkplain #checks checks}, which is always
 * the same, and by {@linkplain #pollLogs poll logs} that are drawn at random. It needs no test framework; {@code
 * org.joblifecycle.testkit.junit.MirrorTest} makes tests of it.
 *
 * <pre>{@code
 * ConformanceReport report = MirrorConformance.of(JobLifecycle.observer(JobKind.CUSTOM_JOB), MyMirror::new).run();
 * System.out.println(report);
 * }</pre>
 */
public final class MirrorConformance {
    /** Limits the time that shrinking takes with a slow mirror. */
    private static final int MOST_RUNS = 2000;

    private static final long MOST_RUNS_EVER = 10_000_000;
    private static final long MOST_JOBS = 1_000_000_000;

    private final JobLifecycle observer;
    private final Supplier<? extends MirrorSystem> mirrors;
    private final Set<MirrorCapability> capabilities;
    private final Precision precision;

    /** Random at first: two runs over a mirror that keeps its jobs do not use the same names. */
    private final AtomicLong names = new AtomicLong(ThreadLocalRandom.current().nextLong(MOST_RUNS_EVER) * MOST_JOBS);

    private MirrorConformance(JobLifecycle observer, Supplier<? extends MirrorSystem> mirrors) {
        this.observer = observer;
        this.mirrors = mirrors;
        if (observer.mode() != Mode.OBSERVER) {
            throw new IllegalArgumentException("the lifecycle is that of an " + observer + ": expected an observer's");
        }
        try (MirrorSystem mirror = open()) {
            Set<MirrorCapability> declared = mirror.capabilities();
            if (declared == null || declared.stream().anyMatch(Objects::isNull)) {
                throw new NullPointerException(
                        "capabilities() of the mirror answered " + declared + ": expected a set without null");
            }
            this.capabilities = EnumSet.noneOf(MirrorCapability.class);
            capabilities.addAll(declared);
            this.precision = Precision.of(time -> mirror.precision());
        }
    }

    /**
     * Compares a mirror with a lifecycle. At once, one mirror is asked for its capabilities.
     *
     * @param observer what the mirror has to conform to: the observer of its kind of jobs, without the rules that it excludes
     * @param mirrors supplies a mirror for each check, which is closed afterwards; it may be the same one again, because every
     *     check has jobs of its own
     * @throws IllegalArgumentException if the lifecycle is that of an authority, or the precision of the mirror longer than a
     *     second
     */
    public static MirrorConformance of(JobLifecycle observer, Supplier<? extends MirrorSystem> mirrors) {
        return new MirrorConformance(requireNonNull(observer, "observer"), requireNonNull(mirrors, "mirrors"));
    }

    private MirrorSystem open() {
        return requireNonNull(mirrors.get(), "the mirror");
    }

    /** Whether an answer may have another name than the one that was asked for: the observer has a rule for it. */
    static boolean canRename(JobLifecycle observer) {
        JobSnapshot job = JobSnapshot.of("7", JobState.UNSPECIFIED);
        return !observer.check(job, job.withName("8")).isLegal();
    }

    /** The checks, in groups; with those that are not tested because the mirror does not declare a capability. */
    public Seq<Check> checks() {
        return new MirrorChecks(this, observer, precision).all();
    }

    /** Runs all checks. */
    public ConformanceReport run() {
        return new ConformanceReport(checks().map(Check::run));
    }

    /**
     * Runs all checks and some {@linkplain #pollLogs poll logs}.
     *
     * @throws IllegalArgumentException if their number is negative
     */
    public ConformanceReport run(int logs, long seed) {
        return new ConformanceReport(checks().append(pollLogs(logs, seed)).map(Check::run));
    }

    /**
     * The check that random poll logs show no difference: several jobs are polled, healthy ones, whose answers are missed,
     * repeated, late and in part, and ones that break a rule. A log that fails is shrunk.
     *
     * @param number how many there are; not negative
     * @param seed by which they are drawn: the same ones for the same seed
     * @throws IllegalArgumentException if their number is negative
     */
    public Check pollLogs(int number, long seed) {
        if (number < 0) {
            throw new IllegalArgumentException("the number of poll logs is " + number + ": expected 0 or more");
        }
        return new Check("poll logs", number + " poll logs", () -> {
            if (number == 0) {
                throw new Check.NotTested("no poll log was requested");
            }
            MirrorScripts scripts = new MirrorScripts(observer);
            Random random = new Random(seed);
            for (int log = 0; log < number; log++) {
                try {
                    check(aspects(), scripts.draw(random));
                } catch (NonconformanceError e) {
                    throw e.remarked("drawn with the seed " + seed);
                }
            }
        });
    }

    /** What is judged of this mirror. */
    Set<MirrorAspect> aspects() {
        EnumSet<MirrorAspect> aspects = EnumSet.allOf(MirrorAspect.class);
        aspects.removeIf(aspect -> aspect.capability() != null && !can(aspect.capability()));
        return aspects;
    }

    boolean can(MirrorCapability capability) {
        return capabilities.contains(capability);
    }

    /**
     * Lets a mirror observe a script. If it fails, the error is that of the simplest script found that fails for the same reason.
     *
     * @throws NonconformanceError if the mirror fails at a poll that is judged
     * @throws Check.NotTested if it fails before
     */
    void check(Set<MirrorAspect> judged, MirrorScript script) {
        try {
            observe(judged, script);
        } catch (NonconformanceError e) {
            throw shrunk(judged, script, e);
        }
    }

    private void observe(Set<MirrorAspect> judged, MirrorScript script) {
        using(mirror -> session(mirror, judged).observe(script.polls()));
    }

    private NonconformanceError shrunk(Set<MirrorAspect> judged, MirrorScript script, NonconformanceError failure) {
        NonconformanceError least = failure;
        Iterator<? extends MirrorScript> simpler = script.simpler().iterator();
        for (int runs = 0; runs < MOST_RUNS && simpler.hasNext(); runs++) {
            MirrorScript next = simpler.next();
            Option<NonconformanceError> same = failure(judged, next).filter(failure::hasSameReason);
            if (same.isDefined()) {
                least = same.get();
                simpler = next.simpler().iterator();
            }
        }
        return least;
    }

    private Option<NonconformanceError> failure(Set<MirrorAspect> judged, MirrorScript script) {
        try {
            observe(judged, script);
            return Option.none();
        } catch (NonconformanceError e) {
            return Option.of(e);
        } catch (Check.NotTested e) {
            return Option.none(); // it fails before: this shows nothing
        }
    }

    /** Opens a mirror, does something with it, and closes it. */
    void using(Consumer<MirrorSystem> use) {
        MirrorSystem mirror = Conformance.answered("opening", this::open);
        try {
            use.accept(mirror);
        } finally {
            Conformance.answered("closing", () -> {
                mirror.close();
                return mirror;
            });
        }
    }

    /** A session with jobs of its own. */
    MirrorSession session(MirrorSystem mirror, Set<MirrorAspect> judged) {
        long number = names.incrementAndGet();
        UnaryOperator<String> fresh = name -> {
            int id = name.lastIndexOf('/') + 1;
            return name.substring(0, id) + number + name.substring(id);
        };
        return new MirrorSession(observer, mirror, precision, fresh, judged);
    }
}
