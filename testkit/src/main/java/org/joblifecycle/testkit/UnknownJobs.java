package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobTransition;
import org.jspecify.annotations.Nullable;

/** Reads, updates and fires events at jobs that were never created, in the system of a session. */
final class UnknownJobs {
    private final Session session;

    UnknownJobs(Session session) {
        this.session = session;
    }

    /** Reads one. */
    void read() {
        requireAbsent("an unknown name", unknown());
    }

    /** Reads those of the other kinds that have the name of a job but for the kind. */
    void readOtherKinds() {
        JobSnapshot known = session.job(0).current();
        String name = requireNonNull(known.name());
        session.requireNamesAsGiven();
        String collection = "/" + session.lifecycle().kind().collection() + "/";
        for (JobKind other : JobKind.values()) {
            String ofOther = name.replace(collection, "/" + other.collection() + "/");
            if (!ofOther.equals(name)) {
                requireAbsent("the name of a job of another kind", known.withName(ofOther));
            }
        }
    }

    /** Offers an update of one in the same state, and over each of these edges. */
    void offer(Seq<JobTransition> edges) {
        propose(null);
        edges.forEach(this::propose);
    }

    private void propose(@Nullable JobTransition edge) {
        JobSnapshot unknown = unknown();
        String change = "an update of an unknown name" + (edge == null ? "" : " over " + edge);
        session.transcript().makes(unknown, session.job(0).current());
        JobSnapshot proposed =
                edge == null ? unknown.withUpdateTime(session.timeFor(unknown)) : session.after(unknown, edge);
        requireRefused(change, unknown, session.calls().offer(change, unknown, proposed));
    }

    /** Fires every event at one. */
    void fire() {
        for (JobEvent event : JobEvent.values()) {
            String change = event + " of an unknown name";
            JobSnapshot unknown = unknown();
            session.transcript().makes(unknown, session.job(0).current());
            requireRefused(
                    change, unknown, session.calls().fire(change, unknown, event, session.timeFor(unknown), null));
        }
    }

    /** A job as there may be one, with a name that none has. */
    private JobSnapshot unknown() {
        JobSnapshot known = session.job(0).current();
        return known.withName(session.unusedName());
    }

    private void requireRefused(String change, JobSnapshot unknown, Answer answer) {
        if (answer.isAccepted()) {
            throw session.transcript()
                    .failure(
                            Requirement.UNKNOWN_ABSENT,
                            change,
                            List.empty(),
                            "accepted, but " + unknown.name() + " was never created");
        }
        requireAbsent(change, unknown);
    }

    private void requireAbsent(String change, JobSnapshot unknown) {
        JobSnapshot read = session.calls().read(change, unknown);
        if (read != null) {
            throw session.transcript()
                    .failure(
                            Requirement.UNKNOWN_ABSENT,
                            change,
                            List.empty(),
                            unknown.name() + " was never created, but " + read + " is read");
        }
    }
}
