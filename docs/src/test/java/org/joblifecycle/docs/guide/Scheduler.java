package org.joblifecycle.docs.guide;

import static java.time.temporal.ChronoUnit.MICROS;

import io.vavr.collection.Seq;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.NoSuchElementException;
import org.joblifecycle.docs.guide.JobTable.Stored;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/** The scheduler of the guide, with the store of the guide. */
final class Scheduler {
    /** What a sender is answered: a status of HTTP, a text, and the version that is stored, or 0. */
    record Response(int status, String body, long version) {
        static Response stored(long version) {
            return new Response(200, "", version);
        }

        static Response refused(Seq<Violation> violations) {
            return new Response(409, violations.mkString("\n"), 0);
        }

        static Response overtaken() {
            return new Response(412, "the job has changed since you read it", 0);
        }

        static Response notFound(String name) {
            return new Response(404, "there is no job " + name, 0);
        }

        static Response exists(String name) {
            return new Response(409, "there is a job " + name + " already", 0);
        }

        static Response nameless() {
            return new Response(400, "a job needs a name", 0);
        }
    }

    private final JobTable store;
    private final Clock clock;

    Scheduler(JobTable store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    // guide: scheduler
    private final JobLifecycle owner = JobLifecycle.authority(JobKind.CUSTOM_JOB);

    /** An update of a job, from a sender that has read this version of it. */
    Response update(String name, long version, JobSnapshot proposed) throws SQLException {
        Stored known = store.find(name);
        if (known == null) {
            return Response.notFound(name); // an update creates no job
        }
        if (known.version() != version) {
            return Response.overtaken(); // the sender has to read the job again, and to decide again
        }
        JobSnapshot job = proposed.truncatedTo(MICROS); // as the store keeps it
        Verdict verdict = owner.check(known.job(), job); // compares the names too
        if (!verdict.isLegal()) {
            return Response.refused(verdict.violations());
        }
        return store.replace(known, job) ? Response.stored(version + 1) : Response.overtaken();
    }
    // end

    // guide: scheduler-create
    /** A new job. */
    Response create(JobSnapshot submitted) throws SQLException {
        JobSnapshot job = submitted.truncatedTo(MICROS);
        if (job.name() == null) {
            return Response.nameless();
        }
        Verdict verdict = owner.checkNew(job);
        if (!verdict.isLegal()) {
            return Response.refused(verdict.violations());
        }
        return store.insert(job) ? Response.stored(1) : Response.exists(job.name());
    }
    // end

    // guide: scheduler-event
    /** Applies an event to the job as it is stored; with FAIL, an error may say why. */
    JobSnapshot fire(String name, JobEvent event, @Nullable JobError error) throws SQLException {
        while (true) {
            Stored known = store.find(name);
            if (known == null) {
                throw new NoSuchElementException("there is no job " + name);
            }
            Instant now = known.job().notBefore(clock.instant().truncatedTo(MICROS));
            JobSnapshot next = owner.applyOrThrow(known.job(), event, now, error);
            if (store.replace(known, next)) {
                return next;
            }
            // Overtaken: read again, and decide again on what is stored now.
        }
    }
    // end
}
