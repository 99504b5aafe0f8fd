package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;

/**
 * What a poller sees of a job that does nothing wrong: looks are missed, come twice, come late or in another order, and
 * may have their startTime and endTime cut to whole seconds. With each look comes what has to be reported of it: nothing,
 * or, of one that is older than the one known, that updateTime went back.
 */
public final class PollLog implements Simplifiable<PollLog> {
    private static final int MOST_LOOKS = 12;

    private final JobLifecycle lifecycle;
    private final Seq<JobSnapshot> truth;
    private final Seq<Integer> order;
    private final boolean isCut;
    private final Seq<Look> looks;

    /**
     * What one answer to the poller holds.
     *
     * @param job the job
     * @param report the rules to be reported: none, or {@link Rule#UPDATE_TIME_REGRESSED}
     */
    public record Look(JobSnapshot job, Seq<Rule> report) {
        /** Checks that nothing is null. */
        public Look {
            requireNonNull(job, "job");
            requireNonNull(report, "report");
        }
    }

    private PollLog(JobLifecycle lifecycle, Seq<JobSnapshot> truth, Seq<Integer> order, boolean isCut) {
        this.lifecycle = lifecycle;
        this.truth = truth;
        this.order = order;
        this.isCut = isCut;
        Vector<Look> all = Vector.empty();
        Instant newest = Instant.MIN;
        for (int index : order) {
            JobSnapshot job = truth.get(index);
            Instant updateTime = requireNonNull(job.updateTime());
            boolean isStale = updateTime.isBefore(newest);
            newest = isStale ? newest : updateTime;
            all = all.append(new Look(
                    isCut ? History.cut(job) : job, isStale ? List.of(Rule.UPDATE_TIME_REGRESSED) : List.empty()));
        }
        this.looks = all;
    }

    /**
     * Draws what a poller sees.
     *
     * @param lifecycle of an observer
     * @throws IllegalArgumentException for an authority, who sees every step in order, and for an observer without
     *     update-time-regressed, who cannot tell a late look
     */
    public static PollLog draw(JobLifecycle lifecycle, Random random) {
        if (requireNonNull(lifecycle, "lifecycle").mode() != Mode.OBSERVER) {
            throw new IllegalArgumentException("the lifecycle is that of an " + lifecycle + ": expected an observer's");
        }
        JobSnapshot now = JobSnapshot.of(null, JobState.UNSPECIFIED).withUpdateTime(History.BEGINNING);
        if (lifecycle
                .check(now, now.withUpdateTime(History.BEGINNING.minusSeconds(1)))
                .isLegal()) {
            throw new IllegalArgumentException(
                    "an " + lifecycle + " does not tell late looks: expected one with " + Rule.UPDATE_TIME_REGRESSED);
        }
        Random mixed = History.mixed(random);
        // Of looks with one updateTime only the last stays: which of them came first could not be told.
        Seq<JobSnapshot> truth = History.draw(JobLifecycle.authority(lifecycle.kind()), mixed)
                .looks()
                .filter(job -> job.updateTime() != null)
                .reverse()
                .distinctBy(JobSnapshot::updateTime)
                .reverse();
        Vector<Integer> order = Vector.empty();
        int at = 0;
        for (int more = 1 + mixed.nextInt(MOST_LOOKS); more > 0; more--) {
            at = switch (mixed.nextInt(4)) {
                case 0 -> mixed.nextInt(truth.size());
                case 1 -> at;
                default -> Math.min(at + 1 + mixed.nextInt(2), truth.size() - 1);
            };
            order = order.append(at);
        }
        return new PollLog(lifecycle, truth, order, mixed.nextBoolean());
    }

    /** Whose rules say what is to be reported. */
    public JobLifecycle lifecycle() {
        return lifecycle;
    }

    /** The looks in the order in which they came, each with what is to be reported; at least one. */
    public Seq<Look> looks() {
        return looks;
    }

    /** Logs with fewer looks, or with uncut times. */
    @Override
    public Stream<PollLog> simpler() {
        return Stream.concat(
                        Shorter.of(order)
                                .filter(rest -> !rest.isEmpty())
                                .map(rest -> new PollLog(lifecycle, truth, rest, isCut)),
                        Stream.of(new PollLog(lifecycle, truth, order, false)))
                .filter(log -> log.size() < size());
    }

    @Override
    public long size() {
        return 10L * order.size() + (isCut ? 1 : 0);
    }

    /** A line a look. */
    @Override
    public String toString() {
        return lifecycle
                + looks.map(look -> look.job()
                                + (look.report().isEmpty()
                                        ? ""
                                        : ": " + look.report().mkString(", ")))
                        .mkString("\n  ", "\n  ", "");
    }
}
