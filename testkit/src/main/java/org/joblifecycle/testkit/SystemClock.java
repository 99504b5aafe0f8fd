package org.joblifecycle.testkit;

import io.vavr.Lazy;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.time.Duration;
import java.time.Instant;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Violation;

/** Moves the clock of the system of a session, and compares what jobs become by themselves with the lifecycle of an observer. */
final class SystemClock {
    /** With one of them, the clock of a system can be moved. */
    static final Seq<Capability> MOVABLE = List.of(Capability.GOES_ON_BY_ITSELF, Capability.CLOCK_GOES_BACK);

    private final Session session;
    private final Lazy<JobLifecycle> observer;

    SystemClock(Session session) {
        this.session = session;
        this.observer = Lazy.of(() -> observer(session.lifecycle())); // few checks need it
    }

    /** An observer of the jobs of a lifecycle: without the rules that it excludes. */
    private static JobLifecycle observer(JobLifecycle lifecycle) {
        JobLifecycle observer = JobLifecycle.observer(lifecycle.kind());
        for (Rule rule : Rule.values()) {
            if (rule != Rule.TRANSITION_ILLEGAL && lifecycle.without(rule).equals(lifecycle)) {
                observer = observer.without(rule);
            }
        }
        return observer;
    }

    /**
     * Moves the clock to a time, if it can be moved there.
     *
     * @param created a job that was created just now, which tells what the clock is
     * @return whether it was moved
     */
    boolean moveTo(Instant start, JobSnapshot created) {
        Instant clock = created.notBefore(Instant.MIN);
        if (clock.equals(Instant.MIN)) {
            return false;
        }
        Duration time = Duration.between(clock, start);
        boolean isPossible = time.isNegative() ? session.can(Capability.CLOCK_GOES_BACK) : MOVABLE.exists(session::can);
        if (isPossible && !time.isZero()) {
            session.calls().advance("the clock is moved to " + start, time);
        }
        return isPossible;
    }

    /** Lets time pass, and reads the jobs, which may have gone on by themselves. */
    void letPass(Duration time) {
        session.calls().advance("time passes", time);
        session.pass(time);
        session.jobs().forEach(this::observe);
    }

    /** Sets the clock back, and reads the jobs. */
    void setBack(Duration time) {
        String change = "the clock is set back";
        session.calls().advance(change, time.negated());
        if (session.can(Capability.GOES_ON_BY_ITSELF)) {
            session.jobs().forEach(this::observe);
        } else {
            session.requireOthersUnchanged(change, null);
        }
    }

    private void observe(TrackedJob job) {
        JobSnapshot known = job.current();
        JobSnapshot read = session.calls().read(known.state() + ", by itself", known);
        Seq<Violation> violations = read == null ? List.empty() : violations(known, read);
        boolean isWrong = read == null || !violations.isEmpty() || !isOnAPath(known, read);
        session.transcript().reads(known, read, isWrong);
        if (read == null || isWrong) {
            String problem = read == null
                    ? "the job is gone"
                    : violations.isEmpty()
                            ? "no path of the lifecycle leads there"
                            : "the job breaks " + Judge.rules(violations);
            throw session.transcript()
                    .failure(
                            Requirement.LEGAL_BY_ITSELF,
                            known.state() + " -> " + (read == null ? "gone" : read.state()) + ", by itself",
                            violations,
                            problem);
        }
        session.covers(known, read);
        job.becomes(read);
    }

    private Seq<Violation> violations(JobSnapshot known, JobSnapshot read) {
        Precision precision = session.precision();
        return observer.get()
                .check(precision.lifted(known), precision.lifted(read))
                .violations();
    }

    private boolean isOnAPath(JobSnapshot known, JobSnapshot read) {
        return read.state() == known.state()
                || JobPaths.of(session.lifecycle())
                        .from(started(known))
                        .to(read.state())
                        .isDefined();
    }

    /** The job as one that may have been RUNNING before, which not all kinds tell. */
    private static JobSnapshot started(JobSnapshot job) {
        return job.startTime() == null ? job.withStartTime(job.notBefore(Instant.EPOCH)) : job;
    }
}
