package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.HashSet;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.collection.Vector;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A legal history of one job: the looks that an authority or an observer has at it, none of which breaks a rule. Times
 * have nanoseconds; a job keeps its name and its updateTime once it has them.
 *
 * <p>To an observer, steps may be missing, startTime and endTime may be cut to whole seconds, a provisional startTime may
 * stand before RUNNING, and endTime may be missing where its documentation does not promise it.
 */
public final class History implements Simplifiable<History> {
    static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int LONGEST_SUFFIX = 8;

    private static final Seq<String> MESSAGES = List.of(
            "",
            "no space left",
            "Größe > 8 GiB: \"disk\" of worker 7 is full, see C:\\\\logs; ",
            "the log follows\n" + "ошибка 错误 \uD83D\uDCA5 \t".repeat(300));

    private final JobLifecycle lifecycle;
    private final JobSnapshot first;
    private final Seq<Move> moves;
    private final Lens lens;
    private final Seq<JobSnapshot> truth;
    private final Seq<JobSnapshot> looks;

    /** What happens to the job next, and how long after what happened last. */
    private sealed interface Move {
        Duration pause();

        JobSnapshot to(JobSnapshot job, Instant at, JobLifecycle lifecycle);
    }

    /**
     * An event, which is known a while after it happened. Where it is silent, the error that it brings is not known yet.
     */
    private record Take(
            JobTransition edge,
            Duration pause,
            Duration lag,
            @Nullable JobError error,
            boolean isSilent) implements Move {
        @Override
        public JobSnapshot to(JobSnapshot job, Instant at, JobLifecycle lifecycle) {
            JobSnapshot next = lifecycle.apply(job, edge.event(), at, error).get();
            if (next.name() == null) {
                next = next.withName(name(lifecycle.kind(), 1));
            }
            return next.withUpdateTime(at.plus(lag)).withError(isSilent ? job.error() : next.error());
        }
    }

    /** A change in the same state. */
    private record Amend(Amendment amendment, Duration pause, JobError error) implements Move {
        @Override
        public JobSnapshot to(JobSnapshot job, Instant at, JobLifecycle lifecycle) {
            JobKind kind = lifecycle.kind();
            return switch (amendment) {
                case REPEAT -> job;
                case TOUCH -> job.withUpdateTime(at);
                case CREATE -> job.createTime() == null ? job.withCreateTime(at).withUpdateTime(at) : job;
                case TIMES -> withOtherTimes(job, at, kind);
                case ERROR -> withError(job, kind).withUpdateTime(at);
            };
        }

        private JobSnapshot withError(JobSnapshot job, JobKind kind) {
            if (!kind.hasErrorRule()) {
                return job.withError(new JobError(error.code() % 16, error.message())); // OK is a status too
            }
            if (job.error() != null) {
                return job;
            }
            return switch (job.state()) {
                case FAILED -> job.withError(error);
                case CANCELLED ->
                    job.withError(
                            kind.promisesCancelledCode() ? new JobError(JobError.CANCELLED, error.message()) : error);
                default -> job;
            };
        }
    }

    private enum Amendment {
        /** Nothing changes. */
        REPEAT,
        /** The job was updated in a way that the lifecycle does not see. */
        TOUCH,
        /** A job that is not there yet gets its createTime. */
        CREATE,
        /** A kind that has no startTime and endTime carries them all the same. */
        TIMES,
        /** An error that was not known comes later; a notebook may get any at any time. */
        ERROR
    }

    /** What an observer sees of what happened. */
    private record Lens(Set<Integer> missed, boolean isCut, boolean isEarly, boolean isSparing) {
        static final Lens CLEAR = new Lens(HashSet.empty(), false, false, false);

        int blurs() {
            return missed.size() + (isCut ? 1 : 0) + (isEarly ? 1 : 0) + (isSparing ? 1 : 0);
        }

        Stream<Lens> clearer() {
            return Stream.of(
                    CLEAR,
                    new Lens(HashSet.empty(), isCut, isEarly, isSparing),
                    new Lens(missed, false, isEarly, isSparing),
                    new Lens(missed, isCut, false, isSparing),
                    new Lens(missed, isCut, isEarly, false));
        }

        Seq<JobSnapshot> see(Seq<JobSnapshot> truth, JobKind kind) {
            Vector<JobSnapshot> seen = Vector.empty();
            boolean isShown = false;
            for (JobSnapshot job : truth) {
                JobSnapshot look = job;
                isShown |= isEarly && (job.state() == JobState.QUEUED || job.state() == JobState.PENDING);
                if (isShown && kind.hasStartTime() && job.startTime() == null) {
                    look = look.withStartTime(job.createTime());
                }
                if (isSparing && !kind.endTimeStates().contains(job.state())) {
                    look = look.withEndTime(null);
                }
                seen = seen.append(isCut ? cut(look) : look);
            }
            Vector<JobSnapshot> all = seen;
            Seq<JobSnapshot> caught =
                    Vector.range(0, all.size()).reject(missed::contains).map(all::get);
            return caught.isEmpty() ? all.takeRight(1) : caught;
        }
    }

    private History(JobLifecycle lifecycle, JobSnapshot first, Seq<Move> moves, Lens lens) {
        this.lifecycle = lifecycle;
        this.first = first;
        this.moves = moves;
        this.lens = lens;
        Vector<JobSnapshot> all = Vector.of(first);
        Instant now = first.notBefore(BEGINNING);
        for (Move move : moves) {
            now = now.plus(move.pause());
            JobSnapshot job = all.last();
            all = all.append(move.to(job, job.notBefore(now), lifecycle));
        }
        this.truth = all;
        this.looks = lens.see(all, lifecycle.kind());
    }

    /** The job with startTime and endTime cut to whole seconds, as the service does with those of some jobs. */
    public static JobSnapshot cut(JobSnapshot job) {
        JobSnapshot cut = requireNonNull(job, "job").truncatedTo(ChronoUnit.SECONDS);
        return job.withStartTime(cut.startTime()).withEndTime(cut.endTime());
    }

    /** The job with the startTime and endTime that its kind does not have, where it may carry them all the same. */
    static JobSnapshot withOtherTimes(JobSnapshot job, Instant at, JobKind kind) {
        JobSnapshot next = job;
        if (!kind.hasStartTime() && job.startTime() == null && job.createTime() != null && job.endTime() == null) {
            next = next.withStartTime(at);
        }
        if (!kind.hasEndTime() && job.endTime() == null && job.state().isTerminal()) {
            next = next.withEndTime(at);
        }
        return next.withUpdateTime(at);
    }

    /** A name for a job of this kind. */
    static String name(JobKind kind, long number) {
        return "projects/p/locations/l/" + kind.collection() + "/" + number;
    }

    /**
     * The history of a job that goes this way, a second a step, without anything else.
     *
     * @param path a way from UNSPECIFIED that the lifecycle leaves open
     * @throws IllegalArgumentException if a job of this lifecycle cannot go this way
     */
    public static History along(JobLifecycle lifecycle, JobPath path) {
        return along(lifecycle, named(requireNonNull(lifecycle, "lifecycle")), path);
    }

    /**
     * The history of a job that goes this way, a second a step, from where it is.
     *
     * @param first the job at first, which breaks no rule
     * @param path a way from the state that it is in
     * @throws IllegalArgumentException if the job breaks a rule, or if it cannot go this way
     */
    public static History along(JobLifecycle lifecycle, JobSnapshot first, JobPath path) {
        requireNonNull(lifecycle, "lifecycle");
        requireNonNull(path, "path");
        Verdict verdict = lifecycle.check(requireNonNull(first, "first"));
        if (!verdict.isLegal()) {
            throw new IllegalArgumentException("the job at first breaks "
                    + verdict.violations().mkString("; ") + ": expected one that breaks no rule");
        }
        if (path.source() != first.state()) {
            throw new IllegalArgumentException(
                    "the way " + path + " begins in " + path.source() + ", but the job is " + first.state());
        }
        if (!JobPaths.of(lifecycle).from(first).contains(path.edges())) {
            throw new IllegalArgumentException("no job of the " + lifecycle + " goes the way " + path);
        }
        return new History(lifecycle, first, path.edges().map(History::plain), Lens.CLEAR);
    }

    private static JobSnapshot named(JobLifecycle lifecycle) {
        return JobSnapshot.of(name(lifecycle.kind(), 1), JobState.UNSPECIFIED);
    }

    private static Move plain(JobTransition edge) {
        return new Take(edge, PAUSE, Duration.ZERO, null, false);
    }

    /**
     * Draws a history. An edge is drawn first, every one as likely as another; the job goes a shortest way to it, over
     * it, and then on as it likes. So the rare edges are met as often as the common ones.
     *
     * @param lifecycle whose rules the history keeps, and whose mode tells who looks
     */
    public static History draw(JobLifecycle lifecycle, Random random) {
        JobPath path = way(JobPaths.of(requireNonNull(lifecycle, "lifecycle")), LONGEST_SUFFIX, mixed(random));
        return draw(lifecycle, path, mixed(random));
    }

    /** A way to an edge, each as likely as another, and on from there, rather to where it goes on. */
    static JobPath way(JobPaths paths, int longestSuffix, Random random) {
        JobPaths shuffled = paths.shuffled(random);
        Seq<JobPath> toEdges = shuffled.toEdges();
        JobPath path = toEdges.isEmpty() ? shuffled.toStates().head() : pick(toEdges, random);
        for (int more = random.nextInt(longestSuffix + 1); more > 0; more--) {
            Seq<JobTransition> open = paths.after(path);
            Seq<JobTransition> onward = open.reject(edge -> edge.target().isTerminal());
            Seq<JobTransition> likely = onward.isEmpty() || random.nextInt(3) == 0 ? open : onward;
            path = likely.isEmpty() ? path : path.plus(pick(likely, random));
        }
        return path;
    }

    private static History draw(JobLifecycle lifecycle, JobPath path, Random random) {
        Vector<Move> moves = Vector.empty();
        for (JobTransition edge : path.edges()) {
            moves = moves.appendAll(amendments(random));
            JobError error = edge.target() == JobState.FAILED && random.nextBoolean() ? error(random) : null;
            moves = moves.append(new Take(edge, pause(random), lag(random), error, random.nextInt(4) == 0));
        }
        moves = moves.appendAll(amendments(random));
        JobSnapshot first = random.nextInt(4) == 0 ? JobSnapshot.of(null, JobState.UNSPECIFIED) : named(lifecycle);
        return new History(lifecycle, first, moves, lens(lifecycle, moves.size(), random));
    }

    /** This history, and after it a look at which a kind without startTime and endTime carries them all the same. */
    History withOtherTimes() {
        return new History(
                lifecycle, first, moves.append(new Amend(Amendment.TIMES, PAUSE, JobError.of(JobError.UNKNOWN))), lens);
    }

    /** The same steps at other times, far enough from one another to tell them apart in any mode, and with other errors. */
    History redrawn(Random random) {
        return new History(
                lifecycle,
                first,
                moves.map(move -> {
                    Duration pause = Duration.ofSeconds(2).plusNanos(random.nextInt(1_000_000_000));
                    if (move instanceof Take take) {
                        JobError error = take.edge().target() == JobState.FAILED ? error(random) : null;
                        return new Take(take.edge(), pause, Duration.ZERO, error, take.isSilent());
                    }
                    return new Amend(((Amend) move).amendment(), pause, error(random));
                }),
                lens);
    }

    private static Lens lens(JobLifecycle lifecycle, int moves, Random random) {
        if (lifecycle.mode() == Mode.AUTHORITY) {
            return Lens.CLEAR;
        }
        Set<Integer> missed = HashSet.ofAll(IntStream.rangeClosed(0, moves)
                .filter(look -> random.nextInt(3) == 0)
                .boxed());
        return new Lens(
                random.nextBoolean() ? missed : HashSet.empty(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean());
    }

    private static Seq<Move> amendments(Random random) {
        return random.nextInt(3) > 0
                ? List.empty()
                : List.fill(
                        1 + random.nextInt(2),
                        () -> new Amend(pick(List.of(Amendment.values()), random), pause(random), error(random)));
    }

    static JobError error(Random random) {
        return new JobError(1 + random.nextInt(16), pick(MESSAGES, random));
    }

    private static Duration lag(Random random) {
        return random.nextBoolean() ? Duration.ZERO : Duration.ofNanos(random.nextInt(2_000_000_000));
    }

    private static Duration pause(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Duration.ZERO;
            case 1 -> Duration.ofNanos(1);
            case 2 -> Duration.ofMillis(random.nextInt(1000));
            case 3 -> Duration.ofNanos(random.nextInt(2_000_000_000));
            case 4 -> Duration.ofDays(random.nextInt(400));
            default -> PAUSE;
        };
    }

    /** The first numbers of generators with small seeds are much alike: these are not. */
    static Random mixed(Random random) {
        return new Random(requireNonNull(random, "random").nextLong());
    }

    static <T> T pick(Seq<T> items, Random random) {
        return items.get(random.nextInt(items.size()));
    }

    /** Whose rules this history keeps. */
    public JobLifecycle lifecycle() {
        return lifecycle;
    }

    /** The looks at the job, in order; at least one. */
    public Seq<JobSnapshot> looks() {
        return looks;
    }

    /** The last look. */
    public JobSnapshot last() {
        return looks.last();
    }

    /** The way that the job went, whether or not every step of it was seen. */
    public JobPath path() {
        return new JobPath(first.state(), edges(moves));
    }

    private static Seq<JobTransition> edges(Seq<Move> moves) {
        return moves.flatMap(move -> move instanceof Take take ? List.of(take.edge()) : List.<JobTransition>empty());
    }

    /** Shorter histories: that end earlier, that go a shorter way between two looks, in which less is odd. */
    @Override
    public Stream<History> simpler() {
        JobPaths paths = JobPaths.of(lifecycle).from(first);
        Stream<Seq<Move>> shorter = Stream.concat(
                IntStream.range(0, moves.size()).mapToObj(moves::take),
                IntStream.range(0, moves.size())
                        .boxed()
                        .flatMap(from -> IntStream.iterate(moves.size(), to -> to > from, to -> to - 1)
                                .mapToObj(to -> shortcut(paths, from, to))));
        Stream<Seq<Move>> plainer = IntStream.range(0, moves.size())
                .filter(i -> moves.get(i) instanceof Take)
                .mapToObj(i -> moves.update(i, plain(((Take) moves.get(i)).edge())));
        return Stream.of(
                        Stream.concat(shorter, plainer)
                                .filter(way -> paths.contains(edges(way)))
                                .map(way -> new History(lifecycle, first, way, lens)),
                        lens.clearer().map(clear -> new History(lifecycle, first, moves, clear)),
                        Stream.of(new History(lifecycle, first.withName(name(lifecycle.kind(), 1)), moves, lens)))
                .flatMap(histories -> histories)
                .filter(history -> history.size() < size());
    }

    private Seq<Move> shortcut(JobPaths paths, int from, int to) {
        JobState target = truth.get(to).state();
        return paths.from(truth.get(from))
                .to(target)
                .map(way -> moves.take(from)
                        .appendAll(way.edges().map(History::plain))
                        .appendAll(moves.drop(to)))
                .getOrElse(moves);
    }

    @Override
    public long size() {
        int odd = moves.count(move -> !(move instanceof Take take && take.equals(plain(take.edge()))));
        return 1000L * moves.size() + 10L * odd + lens.blurs() + (first.name() == null ? 1 : 0);
    }

    /** The way, and a line a look. */
    @Override
    public String toString() {
        return lifecycle + ": " + path() + looks.mkString("\n  ", "\n  ", "");
    }
}
