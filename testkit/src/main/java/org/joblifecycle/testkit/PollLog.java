package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.util.Random;
import java.util.stream.Stream;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;

/**
 * What a poller reads of a job that breaks no rule: snapshots are missed, read twice, late, out of order or in part, without their
 * updateTime, and may have their startTime and endTime cut to whole seconds. Each poll says what has to be reported: nothing,
 * or, if its snapshot is stale, that updateTime went back.
 */
public final class PollLog {
    private static final int MOST_POLLS = 12;

    private final JobLifecycle lifecycle;
    private final Seq<JobSnapshot> truth;
    private final Seq<Read> order;
    private final boolean isCut;
    private final Seq<Poll> polls;

    /** What is read: the index of a snapshot, and whether the answer lacks the updateTime. */
    private record Read(int index, boolean isInPart) {}

    /**
     * One poll.
     *
     * @param job the snapshot that is read
     * @param report the rules that have to be reported: none, or {@link Rule#UPDATE_TIME_REGRESSED}
     */
    public record Poll(JobSnapshot job, Seq<Rule> report) {
        /** Checks that nothing is null. */
        public Poll {
            requireNonNull(job, "job");
            requireNonNull(report, "report");
        }
    }

    private PollLog(JobLifecycle lifecycle, Seq<JobSnapshot> truth, Seq<Read> order, boolean isCut) {
        this.lifecycle = lifecycle;
        this.truth = truth;
        this.order = order;
        this.isCut = isCut;
        Vector<Poll> all = Vector.empty();
        int newest = 0;
        int newestWithTime = -1;
        for (Read read : order) {
            boolean isStale = read.index() < newestWithTime;
            // No older snapshot that cannot be detected: one after an answer in part.
            newest = isStale ? newest : Math.max(newest, read.index());
            JobSnapshot job = truth.get(isStale ? read.index() : newest);
            if (!isStale && read.isInPart()) {
                job = job.withUpdateTime(null);
            } else if (!isStale) {
                newestWithTime = newest;
            }
            all = all.append(new Poll(
                    isCut ? History.cut(job) : job, isStale ? List.of(Rule.UPDATE_TIME_REGRESSED) : List.empty()));
        }
        this.polls = all;
    }

    /**
     * Draws a log of a job that takes any edge.
     *
     * @param lifecycle of an observer
     * @throws IllegalArgumentException for an authority, which does not poll, and for an observer without
     *     update-time-regressed, which cannot detect stale snapshots
     */
    public static PollLog draw(JobLifecycle lifecycle, Random random) {
        return draw(
                lifecycle,
                JobLifecycle.authority(requireNonNull(lifecycle, "lifecycle").kind()),
                random);
    }

    /**
     * Draws a log of a job of this service.
     *
     * @param lifecycle of an observer
     * @param service the lifecycle of the authority over the job, without the edges that it excludes
     * @throws IllegalArgumentException where {@link #draw(JobLifecycle, Random)} does, and unless the second is that of an
     *     authority over jobs of the same kind
     */
    public static PollLog draw(JobLifecycle lifecycle, JobLifecycle service, Random random) {
        if (requireNonNull(lifecycle, "lifecycle").mode() != Mode.OBSERVER) {
            throw new IllegalArgumentException("the lifecycle is that of an " + lifecycle + ": expected an observer's");
        }
        if (requireNonNull(service, "service").mode() != Mode.AUTHORITY || service.kind() != lifecycle.kind()) {
            throw new IllegalArgumentException(
                    "the service is an " + service + ": expected an authority of " + lifecycle.kind());
        }
        JobSnapshot now = JobSnapshot.of(null, JobState.UNSPECIFIED).withUpdateTime(History.BEGINNING);
        if (lifecycle
                .check(now, now.withUpdateTime(History.BEGINNING.minusSeconds(1)))
                .isLegal()) {
            throw new IllegalArgumentException("an " + lifecycle
                    + " does not report stale snapshots: expected one with " + Rule.UPDATE_TIME_REGRESSED);
        }
        Random mixed = History.mixed(random);
        // Of snapshots with the same updateTime only the last stays: their order could not be detected.
        Seq<JobSnapshot> truth = History.draw(service, mixed)
                .snapshots()
                .filter(job -> job.updateTime() != null)
                .reverse()
                .distinctBy(JobSnapshot::updateTime)
                .reverse();
        Vector<Read> order = Vector.empty();
        int at = 0;
        for (int more = 1 + mixed.nextInt(MOST_POLLS); more > 0; more--) {
            at = switch (mixed.nextInt(4)) {
                case 0 -> mixed.nextInt(truth.size());
                case 1 -> at;
                default -> Math.min(at + 1 + mixed.nextInt(2), truth.size() - 1);
            };
            order = order.append(new Read(at, mixed.nextInt(4) == 0));
        }
        return new PollLog(lifecycle, truth, order, mixed.nextBoolean());
    }

    /** The lifecycle whose rules decide what has to be reported. */
    public JobLifecycle lifecycle() {
        return lifecycle;
    }

    /** The polls, in order; at least one. */
    public Seq<Poll> polls() {
        return polls;
    }

    /** Logs with fewer polls, with whole answers, or with uncut times. */
    public Stream<PollLog> simpler() {
        Seq<Read> whole = order.map(read -> new Read(read.index(), false));
        return Stream.concat(
                        Shorter.of(order)
                                .filter(rest -> !rest.isEmpty())
                                .map(rest -> new PollLog(lifecycle, truth, rest, isCut)),
                        Stream.of(
                                new PollLog(lifecycle, truth, whole, isCut),
                                new PollLog(lifecycle, truth, order, false)))
                .filter(log -> log.size() < size());
    }

    /** How complex this log is; not negative, and less in {@linkplain #simpler simpler ones}. */
    public long size() {
        return 100L * order.size() + 2L * order.count(Read::isInPart) + (isCut ? 1 : 0);
    }

    /** One line for each poll. */
    @Override
    public String toString() {
        return lifecycle
                + polls.map(poll -> poll.job()
                                + (poll.report().isEmpty()
                                        ? ""
                                        : ": " + poll.report().mkString(", ")))
                        .mkString("\n  ", "\n  ", "");
    }
}
