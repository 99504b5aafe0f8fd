package org.joblifecycle.testkit;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.Rule;
import org.jspecify.annotations.Nullable;

/**
 * A mirror of somebody else's jobs as the conformance suite calls it: the adapter that a team writes to have its own mirror
 * tested. A mirror polls jobs, keeps what it observes, legal or not, warns of the rules that an observation breaks, and
 * notifies owners of ends.
 *
 * <p>What has to happen is what {@link org.joblifecycle.transition.JobLifecycle#audit} answers: its baseline is what has to be
 * kept, its violations are what has to be warned of, and its change says whether the job has ended. A stale observation changes
 * nothing. An exception fails the test.
 *
 * <p>A job is asked for by a name, and the answer has a name too: mostly the same, but it may be another one, or missing. A
 * mirror that keeps jobs by the name that it asked for notices that ({@link Rule#NAME_CHANGED}). One that keeps them by the name
 * in the answer cannot: it takes another name for another job. It is tested with an observer {@code without(Rule.NAME_CHANGED)},
 * and then every answer has the name that was asked for.
 */
public interface MirrorSystem extends AutoCloseable {
    /** What this mirror can do, beside keeping what it observes; maybe nothing. */
    Set<MirrorCapability> capabilities();

    /**
     * A job was polled, and this was the answer.
     *
     * @param name the name that was asked for
     * @param observed the answer; {@code observed.name()} is the name in it
     * @return the rules that the mirror warns of, in any order; empty if it finds nothing wrong. Of a stale observation it may
     *     warn of {@link Rule#UPDATE_TIME_REGRESSED} or of nothing. Ignored, and null will do, if the mirror does not declare
     *     {@link MirrorCapability#WARNS}
     */
    @Nullable
    Set<Rule> observe(String name, JobSnapshot observed) throws Exception;

    /**
     * The job as the mirror keeps it now, with the name that was in the answer.
     *
     * @param name the name that was asked for
     * @return null if the job was never observed
     */
    @Nullable
    JobSnapshot read(String name) throws Exception;

    /**
     * The ends that the owner of a job was notified of, in order, each by the state in which the job ended; asked only if the
     * mirror {@link MirrorCapability#NOTIFIES}.
     *
     * @param name the name that was asked for
     * @return empty if the job has not ended, or was never observed
     */
    default List<JobState> notices(String name) throws Exception {
        throw new UnsupportedOperationException("notices: implement it, or do not declare NOTIFIES");
    }

    /** The finest unit in which the mirror keeps times; SECONDS or shorter. No answer of the suite has finer times. */
    default ChronoUnit precision() {
        return ChronoUnit.NANOS;
    }

    /** Called at the end of each check. Does nothing unless overridden. */
    @Override
    default void close() {}
}
