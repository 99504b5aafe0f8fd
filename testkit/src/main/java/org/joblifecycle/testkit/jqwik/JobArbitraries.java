package org.joblifecycle.testkit.jqwik;

import static java.util.Objects.requireNonNull;

import io.vavr.Lazy;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.testkit.History;
import org.joblifecycle.testkit.JobPath;
import org.joblifecycle.testkit.Mutant;
import org.joblifecycle.testkit.Mutants;
import org.joblifecycle.testkit.PollLog;
import org.joblifecycle.testkit.Texts;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.tuning.TuningJob;

/**
 * Arbitraries of jobs, histories, events and so on. What is called legal is legal in the lifecycle that they are made of: in
 * its mode and for its kind of jobs. It is drawn legal: nothing is drawn and then filtered.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<History> histories() {
 *     return JobArbitraries.of(JobLifecycle.authority(JobKind.CUSTOM_JOB)).histories();
 * }
 * }</pre>
 */
public final class JobArbitraries {
    /** The first and the last instant of a {@code google.protobuf.Timestamp}. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /** Where clocks, calendars and formats go wrong. */
    private static final Seq<Instant> EDGES = List.of(
                    "0001-01-01T00:00:00.000000001Z", // the first ones
                    "1900-02-28T23:59:59.999Z", // the end of a February without a leap day
                    "1969-12-31T23:59:59.999999999Z", // around the epoch
                    "1970-01-01T00:00:00Z",
                    "1970-01-01T00:00:00.000001Z",
                    "2000-02-29T23:59:59Z", // leap days
                    "2028-02-29T12:00:00.000000001Z",
                    "2026-12-31T23:59:59.999999999Z", // around the end of a year
                    "2027-01-01T00:00:00Z",
                    "2038-01-19T03:14:07.999999Z", // the last second since 1970 that has 31 bits, and the next one
                    "2038-01-19T03:14:08Z",
                    "9999-12-31T23:59:59Z") // the last ones
            .map(Instant::parse)
            .prepend(FIRST)
            .append(LAST);

    private static final Duration LONG = Duration.ofDays(400);

    /** The highest code of {@code google.rpc.Code}. */
    private static final int LAST_CODE = 16;

    private final JobLifecycle lifecycle;

    /** The lifecycle with all rules and edges. */
    private final JobLifecycle complete;

    private final Lazy<Mutants> mutants;
    private final Lazy<Arbitrary<JobSnapshot>> jobs; // one for all, because jqwik keeps its generator
    private final Lazy<Arbitrary<TuningJob>> tuningJobs;

    private JobArbitraries(JobLifecycle lifecycle) {
        this.lifecycle = lifecycle;
        this.complete = JobLifecycle.of(lifecycle.mode(), lifecycle.kind());
        this.mutants = Lazy.of(() -> Mutants.of(lifecycle));
        this.jobs = Lazy.of(() -> jobs(Arbitraries.of(JobState.class)));
        this.tuningJobs = Lazy.of(() -> TuningJobs.legal(jobs()));
    }

    /** The arbitraries of this lifecycle. */
    public static JobArbitraries of(JobLifecycle lifecycle) {
        return new JobArbitraries(requireNonNull(lifecycle, "lifecycle"));
    }

    /** Lifecycles: every kind in every mode. */
    public static Arbitrary<JobLifecycle> lifecycles() {
        return Combinators.combine(Arbitraries.of(Mode.class), Arbitraries.of(JobKind.class))
                .as(JobLifecycle::of);
    }

    /** Legal histories; see {@link History#draw}. They shrink to short ones. */
    public Arbitrary<History> histories() {
        return Simplifying.drawn(random -> History.draw(lifecycle, random), History::simpler, History::size);
    }

    /** Paths through the graph from UNSPECIFIED; every edge occurs about as often as any other. */
    public Arbitrary<JobPath> paths() {
        return histories().map(History::path);
    }

    /** Sequences of events: legal ones, with others among them that may not be. */
    public Arbitrary<Seq<JobEvent>> events() {
        return Simplifying.drawn(this::drawEvents, JobArbitraries::withOneLess, Seq::size);
    }

    private Seq<JobEvent> drawEvents(Random random) {
        Vector<JobEvent> events = Vector.empty();
        JobEvent[] all = JobEvent.values();
        for (JobEvent event : History.draw(lifecycle, random).path().events()) {
            while (random.nextInt(5) == 0) {
                events = events.append(all[random.nextInt(all.length)]);
            }
            events = events.append(event);
        }
        return events;
    }

    private static Stream<Seq<JobEvent>> withOneLess(Seq<JobEvent> events) {
        return IntStream.range(0, events.size()).mapToObj(events::removeAt);
    }

    /** Illegal histories that break one rule; every rule that the lifecycle has is broken about as often as any other. */
    public Arbitrary<Mutant> mutants() {
        return Simplifying.drawn(random -> mutants.get().draw(random), Mutant::simpler, Mutant::size);
    }

    /**
     * Illegal histories that break this rule and no other one.
     *
     * @throws IllegalArgumentException if the lifecycle does not have this rule
     */
    public Arbitrary<Mutant> mutants(Rule rule) {
        mutants.get().breaking(rule);
        return Simplifying.drawn(random -> mutants.get().draw(rule, random), Mutant::simpler, Mutant::size);
    }

    /**
     * What a poller reads of a job that breaks no rule, with what has to be reported. Of an authority: what an observer reads of
     * its jobs, which take none of the edges that it excludes.
     *
     * @throws IllegalArgumentException for an observer without update-time-regressed, which cannot detect stale snapshots
     */
    public Arbitrary<PollLog> pollLogs() {
        boolean isService = lifecycle.mode() == Mode.AUTHORITY;
        JobLifecycle observer = isService ? JobLifecycle.observer(lifecycle.kind()) : lifecycle;
        JobLifecycle service = isService ? lifecycle : JobLifecycle.authority(lifecycle.kind());
        PollLog.draw(observer, service, new Random(0)); // throws now, and not when the first one is drawn
        return Simplifying.drawn(random -> PollLog.draw(observer, service, random), PollLog::simpler, PollLog::size);
    }

    /** Jobs in any state that break no rule when checked alone. Their {@link #times} are in order, up to the last instant. */
    public Arbitrary<JobSnapshot> jobs() {
        return jobs.get();
    }

    /** Jobs in this state that break no rule when checked alone. */
    public Arbitrary<JobSnapshot> jobs(JobState state) {
        return jobs(Arbitraries.just(requireNonNull(state, "state")));
    }

    /**
     * Whole tuning jobs that break neither a rule of the lifecycle when checked alone nor a rule of a field. Their fields are in
     * any order, and they and their parts may have fields that the library does not know. An unknown value of an enum would break
     * a rule: {@link #anyTuningJobs} have those.
     *
     * @throws IllegalArgumentException if the lifecycle is that of another kind of jobs
     */
    public Arbitrary<TuningJob> tuningJobs() {
        if (lifecycle.kind() != JobKind.TUNING_JOB) {
            throw new IllegalArgumentException(
                    "the lifecycle is that of an " + lifecycle + ": expected one of " + JobKind.TUNING_JOB);
        }
        return tuningJobs.get();
    }

    /** Whole tuning jobs with any fields and values, known or not, in any order, legal or not. */
    public static Arbitrary<TuningJob> anyTuningJobs() {
        return TuningJobs.any();
    }

    private Arbitrary<JobSnapshot> jobs(Arbitrary<JobState> states) {
        return Combinators.combine(
                        states,
                        names(lifecycle.kind()),
                        times(),
                        spans().tuple3(),
                        Arbitraries.of(true, false).list().ofSize(6),
                        anyErrors(),
                        Arbitraries.frequency(Tuple.of(3, ChronoUnit.NANOS), Tuple.of(1, ChronoUnit.SECONDS)))
                .as((state, name, created, spans, choices, error, unit) -> {
                    Instant started = after(created, spans.get1());
                    Instant ended = after(started, spans.get2());
                    Instant updated = after(ended, spans.get3());
                    JobSnapshot job = JobSnapshot.of(name, state);
                    job = job.withCreateTime(state == JobState.UNSPECIFIED && choices.get(0) ? null : created);
                    job = job.withStartTime(hasStarted(state, choices.get(1)) ? started : null);
                    job = job.withEndTime(hasEnded(state, choices.get(2)) ? ended : null);
                    job = job.withUpdateTime(choices.get(5) ? updated : null);
                    job = (choices.get(3) ? withError(job, error) : job).truncatedTo(unit);
                    return lifecycle.mode() == Mode.OBSERVER && choices.get(4) ? History.cut(job) : job;
                })
                .withoutEdgeCases(); // there are too many to try each
    }

    /** Times between two changes of a job: none, up to some hundred days, and now and then all the time that there is. */
    private static Arbitrary<Duration> spans() {
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just(Duration.ZERO)),
                Tuple.of(31, Arbitraries.longs().between(0, LONG.toNanos()).map(Duration::ofNanos)),
                Tuple.of(1, Arbitraries.just(Duration.between(FIRST, LAST))));
    }

    private static Instant after(Instant time, Duration span) {
        Instant later = time.plus(span);
        return later.isAfter(LAST) ? LAST : later;
    }

    /** The job with this error, or with this message and the code of a cancelled job, if it may have either. */
    private JobSnapshot withError(JobSnapshot job, JobError error) {
        return List.of(error, new JobError(JobError.CANCELLED, error.message()))
                .map(job::withError)
                .find(next -> complete.check(next).isLegal())
                .getOrElse(job);
    }

    private boolean hasStarted(JobState state, boolean choice) {
        return lifecycle.kind().hasStartTime()
                && state != JobState.UNSPECIFIED
                && (choice || isRequired(Rule.START_TIME_REQUIRED, state));
    }

    private boolean hasEnded(JobState state, boolean choice) {
        return lifecycle.kind().hasEndTime()
                && state.isTerminal()
                && (choice || isRequired(Rule.END_TIME_REQUIRED, state));
    }

    /** Whether a job in this state breaks this rule if it has no field but its state. */
    private boolean isRequired(Rule rule, JobState state) {
        return complete.check(JobSnapshot.of(null, state)).violations().exists(violation -> violation.rule() == rule);
    }

    /**
     * Histories in which some snapshots have the state, a time or the error of any other job. Which rules they break is for the
     * lifecycle to say.
     */
    public Arbitrary<Seq<JobSnapshot>> anyHistories() {
        Arbitrary<Oddity> oddities = Combinators.combine(
                        Arbitraries.integers().between(0, 20), Arbitraries.of(JobField.class), anyJobs())
                .as(Oddity::new);
        return Combinators.combine(histories(), oddities.list().ofMaxSize(3))
                .as((history, some) ->
                        List.ofAll(some).foldLeft(history.snapshots(), (snapshots, oddity) -> oddity.in(snapshots)));
    }

    /** A snapshot that has a field of another job. */
    private record Oddity(int index, JobField field, JobSnapshot other) {
        Seq<JobSnapshot> in(Seq<JobSnapshot> snapshots) {
            return snapshots.update(index % snapshots.size(), this::in);
        }

        private JobSnapshot in(JobSnapshot job) {
            return switch (field) {
                case NAME -> job;
                case STATE -> job.withState(other.state());
                case CREATE_TIME -> job.withCreateTime(other.createTime());
                case START_TIME -> job.withStartTime(other.startTime());
                case END_TIME -> job.withEndTime(other.endTime());
                case UPDATE_TIME -> job.withUpdateTime(other.updateTime());
                case ERROR -> job.withError(other.error());
            };
        }
    }

    /** Jobs of any kind with any fields, legal or not. */
    public static Arbitrary<JobSnapshot> anyJobs() {
        return anyJobs(names(Arbitraries.of(JobKind.class)), times(), anyErrors());
    }

    /** Jobs with any of these names, each time one of these or none, and one of these errors or none. */
    public static Arbitrary<JobSnapshot> anyJobs(
            Arbitrary<String> names, Arbitrary<Instant> times, Arbitrary<JobError> errors) {
        Arbitrary<Instant> timesOrNone = requireNonNull(times, "times").injectNull(0.3);
        return Combinators.combine(
                        requireNonNull(names, "names"),
                        Arbitraries.of(JobState.class),
                        timesOrNone,
                        timesOrNone,
                        timesOrNone,
                        timesOrNone,
                        requireNonNull(errors, "errors").injectNull(0.3))
                .as((name, state, create, start, end, update, error) -> JobSnapshot.of(name, state)
                        .withCreateTime(create)
                        .withStartTime(start)
                        .withEndTime(end)
                        .withUpdateTime(update)
                        .withError(error));
    }

    /** Resource names of jobs of this kind. */
    public static Arbitrary<String> names(JobKind kind) {
        requireNonNull(kind, "kind");
        Arbitrary<String> words = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .withChars('-')
                .ofMinLength(1)
                .ofMaxLength(20);
        return Combinators.combine(words, words, Arbitraries.longs().between(1, Long.MAX_VALUE))
                .as((project, location, id) ->
                        "projects/" + project + "/locations/" + location + "/" + kind.collection() + "/" + id);
    }

    /** Resource names of jobs of these kinds. */
    static Arbitrary<String> names(Arbitrary<JobKind> kinds) {
        Map<JobKind, Arbitrary<String>> names = // one for all, because jqwik keeps its generator
                List.of(JobKind.values()).toMap(kind -> kind, JobArbitraries::names);
        return kinds.flatMap(kind -> names.get(kind).get());
    }

    /**
     * Instants from the year 1 to the year 9999, the range of {@code google.protobuf.Timestamp}, most of them from 2020 to 2040, and
     * some at an edge: the first and the last instant, around the epoch, the end of a year, leap days and the end of 31 bits. They
     * have whole seconds, milliseconds, microseconds or nanoseconds.
     */
    public static Arbitrary<Instant> times() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, times(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2040-01-01T00:00:00Z"))),
                Tuple.of(2, times(FIRST, LAST)),
                Tuple.of(2, Arbitraries.of(EDGES.asJava())));
    }

    private static Arbitrary<Instant> times(Instant first, Instant last) {
        return Combinators.combine(
                        Arbitraries.longs().between(first.getEpochSecond(), last.getEpochSecond()),
                        Arbitraries.integers().between(0, 999_999_999),
                        Arbitraries.of(ChronoUnit.SECONDS, ChronoUnit.MILLIS, ChronoUnit.MICROS, ChronoUnit.NANOS))
                .as((second, nano, unit) -> Instant.ofEpochSecond(second, nano).truncatedTo(unit));
    }

    /** Errors that a failed job may have: codes 1 to 16, with messages as of {@link Texts}. */
    public static Arbitrary<JobError> errors() {
        return Combinators.combine(Arbitraries.integers().between(1, LAST_CODE), texts())
                .as(JobError::new);
    }

    /** Errors with any code, most of them near those of {@code google.rpc.Code}, and messages as of {@link Texts}. */
    public static Arbitrary<JobError> anyErrors() {
        Arbitrary<Integer> codes = Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.integers().between(-1, LAST_CODE + 1)), Tuple.of(1, Arbitraries.integers()));
        return Combinators.combine(codes, texts()).as(JobError::new);
    }

    static Arbitrary<String> texts() {
        return Simplifying.drawn(Texts::draw, Texts::simpler, String::length);
    }
}
