package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
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
import org.joblifecycle.transition.SimulatedJob;
import org.joblifecycle.transition.Verdict;

/**
 * A legal history of one job: its snapshots as an authority writes them or an observer reads them, none of which breaks a
 * rule. Times have nanoseconds; a job keeps its name and its updateTime once it has them.
 *
 * <p>An observer may miss steps and may see startTime and endTime cut to whole seconds, a provisional startTime before
 * RUNNING, another one once a job has ended that was never RUNNING, and no endTime where the documentation of the kind does not
 * promise one.
 */
public final class History {
    static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int LONGEST_SUFFIX = 8;

    private final JobLifecycle lifecycle;
    private final JobSnapshot first;
    private final Seq<HistoryChange> changes;
    private final ObserverView view;
    private final Seq<JobSnapshot> truth;
    private final Seq<JobSnapshot> snapshots;

    private History(JobLifecycle lifecycle, JobSnapshot first, Seq<HistoryChange> changes, ObserverView view) {
        this.lifecycle = lifecycle;
        this.first = first;
        this.changes = changes;
        this.view = view;
        Vector<JobSnapshot> all = Vector.of(first);
        SimulatedJob job = new SimulatedJob(lifecycle, first, first.notBefore(BEGINNING));
        for (HistoryChange change : changes) {
            job = change.apply(job.after(change.pause()));
            all = all.append(job.snapshot());
        }
        this.truth = all;
        this.snapshots = view.of(all, lifecycle.kind());
    }

    /** The job with startTime and endTime cut to whole seconds, as the service does with those of some jobs. */
    public static JobSnapshot cut(JobSnapshot job) {
        JobSnapshot cut = requireNonNull(job, "job").truncatedTo(ChronoUnit.SECONDS);
        return job.withStartTime(cut.startTime()).withEndTime(cut.endTime());
    }

    /** A name for a job of this kind. */
    static String name(JobKind kind, long number) {
        return "projects/p/locations/l/" + kind.collection() + "/" + number;
    }

    /**
     * The history of a job that takes this path, one step a second, and changes in no other way.
     *
     * @param path from UNSPECIFIED, without edges that the lifecycle excludes
     * @throws IllegalArgumentException if no job of this lifecycle can take this path
     */
    public static History along(JobLifecycle lifecycle, JobPath path) {
        return along(lifecycle, named(requireNonNull(lifecycle, "lifecycle")), path);
    }

    /**
     * The history of a job that takes this path from the state that it is in, one step a second.
     *
     * @param first the first snapshot of the job, which breaks no rule
     * @param path begins in the state of the first snapshot
     * @throws IllegalArgumentException if the first snapshot breaks a rule, or if the job cannot take this path
     */
    public static History along(JobLifecycle lifecycle, JobSnapshot first, JobPath path) {
        requireNonNull(lifecycle, "lifecycle");
        requireNonNull(path, "path");
        Verdict verdict = lifecycle.check(requireNonNull(first, "first"));
        if (!verdict.isLegal()) {
            throw new IllegalArgumentException("the first snapshot breaks "
                    + verdict.violations().mkString("; ") + ": expected one that breaks no rule");
        }
        if (path.source() != first.state()) {
            throw new IllegalArgumentException(
                    "the path " + path + " begins in " + path.source() + ", but the job is " + first.state());
        }
        if (!JobPaths.of(lifecycle).from(first).contains(path.edges())) {
            throw new IllegalArgumentException("no job of the " + lifecycle + " can take the path " + path);
        }
        return new History(lifecycle, first, path.edges().map(HistoryChange::plain), ObserverView.FULL);
    }

    private static JobSnapshot named(JobLifecycle lifecycle) {
        return JobSnapshot.of(name(lifecycle.kind(), 1), JobState.UNSPECIFIED);
    }

    /**
     * Draws a history. First an edge is drawn, each with the same probability; the job takes a shortest path to it, takes it,
     * and then takes a few edges more. So rare edges occur as often as common ones.
     *
     * @param lifecycle whose rules the history keeps; its mode says whether the snapshots are written or observed
     */
    public static History draw(JobLifecycle lifecycle, Random random) {
        JobPath path = JobPaths.of(requireNonNull(lifecycle, "lifecycle")).draw(LONGEST_SUFFIX, mixed(random));
        return draw(lifecycle, path, mixed(random));
    }

    private static History draw(JobLifecycle lifecycle, JobPath path, Random random) {
        Vector<HistoryChange> changes = Vector.empty();
        for (JobTransition edge : path.edges()) {
            changes = changes.appendAll(amendments(random));
            JobError error = edge.target() == JobState.FAILED && random.nextBoolean() ? JobErrors.draw(random) : null;
            changes = changes.append(
                    new HistoryChange.AlongEdge(edge, pause(random), lag(random), error, random.nextInt(4) == 0));
        }
        changes = changes.appendAll(amendments(random));
        JobSnapshot first = random.nextInt(4) == 0 ? JobSnapshot.of(null, JobState.UNSPECIFIED) : named(lifecycle);
        ObserverView view =
                lifecycle.mode() == Mode.AUTHORITY ? ObserverView.FULL : ObserverView.draw(changes.size() + 1, random);
        return new History(lifecycle, first, changes, view);
    }

    /** This history and one more snapshot: of a kind without startTime and endTime that carries them nevertheless. */
    History withOtherTimes() {
        return new History(
                lifecycle,
                first,
                changes.append(
                        new HistoryChange.InState(HistoryChange.Amendment.TIMES, PAUSE, JobError.of(JobError.UNKNOWN))),
                view);
    }

    /** The same steps at other times, more than a second apart so that an observer tells them apart, and with other errors. */
    History redrawn(Random random) {
        return new History(
                lifecycle,
                first,
                changes.map(change -> {
                    Duration pause = Duration.ofSeconds(2).plusNanos(random.nextInt(1_000_000_000));
                    if (change instanceof HistoryChange.AlongEdge step) {
                        JobError error = step.edge().target() == JobState.FAILED ? JobErrors.draw(random) : null;
                        return new HistoryChange.AlongEdge(step.edge(), pause, Duration.ZERO, error, step.isSilent());
                    }
                    return new HistoryChange.InState(
                            ((HistoryChange.InState) change).amendment(), pause, JobErrors.draw(random));
                }),
                view);
    }

    private static Seq<HistoryChange> amendments(Random random) {
        return random.nextInt(3) > 0
                ? List.empty()
                : List.fill(
                        1 + random.nextInt(2),
                        () -> new HistoryChange.InState(
                                pick(List.of(HistoryChange.Amendment.values()), random),
                                pause(random),
                                JobErrors.draw(random)));
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

    /** A generator whose first numbers differ much, even from those of another one with a seed close by. */
    static Random mixed(Random random) {
        return new Random(requireNonNull(random, "random").nextLong());
    }

    static <T> T pick(Seq<T> items, Random random) {
        return items.get(random.nextInt(items.size()));
    }

    /** The lifecycle whose rules this history keeps. */
    public JobLifecycle lifecycle() {
        return lifecycle;
    }

    /** The snapshots of the job, in order; at least one. */
    public Seq<JobSnapshot> snapshots() {
        return snapshots;
    }

    /** The last snapshot. */
    public JobSnapshot last() {
        return snapshots.last();
    }

    /** The path that the job took, including steps that were not observed. */
    public JobPath path() {
        return new JobPath(first.state(), edges(changes));
    }

    private static Seq<JobTransition> edges(Seq<HistoryChange> changes) {
        return changes.flatMap(change ->
                change instanceof HistoryChange.AlongEdge step ? List.of(step.edge()) : List.<JobTransition>empty());
    }

    /** Shorter histories: those that end earlier, take a shorter path between two snapshots, or have fewer unusual values. */
    public Stream<History> simpler() {
        JobPaths paths = JobPaths.of(lifecycle).from(first);
        Stream<Seq<HistoryChange>> shorter = Stream.concat(
                IntStream.range(0, changes.size()).mapToObj(changes::take),
                IntStream.range(0, changes.size())
                        .boxed()
                        .flatMap(from -> IntStream.iterate(changes.size(), to -> to > from, to -> to - 1)
                                .mapToObj(to -> shortcut(paths, from, to))));
        Stream<Seq<HistoryChange>> toTheEnd = Stream.of(paths)
                .flatMap(from -> from.toEdgesStartedOrNot()
                        .filter(path -> path.target() == truth.last().state())
                        .toJavaStream())
                .map(path -> path.edges().map(HistoryChange::plain));
        Stream<Seq<HistoryChange>> plainer = IntStream.range(0, changes.size())
                .boxed()
                .flatMap(i -> changes.get(i).simpler().map(simpler -> changes.update(i, simpler)));
        return Stream.of(
                        Stream.of(shorter, toTheEnd, plainer)
                                .flatMap(all -> all)
                                .filter(fewer -> paths.contains(edges(fewer)))
                                .map(fewer -> new History(lifecycle, first, fewer, view)),
                        view.simpler().map(simpler -> new History(lifecycle, first, changes, simpler)),
                        Stream.of(new History(lifecycle, first.withName(name(lifecycle.kind(), 1)), changes, view)))
                .flatMap(histories -> histories)
                .filter(history -> history.size() < size());
    }

    private Seq<HistoryChange> shortcut(JobPaths paths, int from, int to) {
        JobState target = truth.get(to).state();
        return paths.from(truth.get(from))
                .to(target)
                .map(path -> changes.take(from)
                        .appendAll(path.edges().map(HistoryChange::plain))
                        .appendAll(changes.drop(to)))
                .getOrElse(changes);
    }

    /** How complex this history is; not negative, and less in {@linkplain #simpler simpler ones}. */
    public long size() {
        long unusual = changes.map(HistoryChange::size).sum().longValue();
        return 1_000_000L * changes.size() + unusual + view.differences() + (first.name() == null ? 1 : 0);
    }

    /** The path, and one line for each snapshot. */
    @Override
    public String toString() {
        return lifecycle + ": " + path() + snapshots.mkString("\n  ", "\n  ", "");
    }
}
