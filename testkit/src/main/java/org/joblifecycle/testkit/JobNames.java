package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.joblifecycle.job.JobSnapshot;

/** Tells whether the system of a session tells jobs apart by their whole names, and lists each once. */
final class JobNames {
    /** Enough to be unused, and no more than a number of 31 bits has. */
    private static final int DIGITS = 9;

    /** As long as the id of a project can be. */
    private static final String LONG = "a-project-with-an-id-of-thirty";

    private final Session session;

    JobNames(Session session) {
        this.session = session;
    }

    /**
     * Submits jobs whose names are alike, takes the others over a step each, and reads all after each step.
     *
     * @param take the step that the job of a number takes; nothing if there is none
     */
    void changeJobsOfNamesAlike(IntFunction<Option<Step>> take) {
        Seq<String> alike = namesLike(session.newName());
        Vector.range(0, alike.size()).forEach(number -> session.submit(number, alike.get(number)));
        session.requireNamesAsGiven();
        session.requireOthersUnchanged("names that are alike", null);
        for (int number = 1; number < alike.size(); number++) {
            take.apply(number).forEach(session::perform);
        }
    }

    /** Names of equal ends, and of equal beginnings. */
    static Seq<String> namesLike(String name) {
        return List.of(
                        name,
                        name + "0",
                        name + "00",
                        name.replace("projects/p/", "projects/q/"),
                        name.replace("projects/p/", "projects/p-p/"),
                        name.replace("/locations/l/", "/locations/m/"),
                        name.replace("/locations/l/", "/locations/l-l/"),
                        name.replace("projects/p/", "projects/" + LONG + "/"),
                        name.replace("projects/p/", "projects/" + LONG + "/") + "0")
                .distinct();
    }

    /** Submits many jobs, takes every other one over a step, and reads all at the end. */
    void changeEveryOther(int number, IntFunction<Option<Step>> take) {
        Vector.range(0, number).forEach(session::job);
        session.requireOthersUnchanged("many jobs", null);
        session.withoutReadingOthers(() ->
                Vector.rangeBy(0, number, 2).forEach(job -> take.apply(job).forEach(session::perform)));
        session.requireOthersUnchanged("many jobs", null);
    }

    /** Submits the name of a job again. */
    void submitAgain(TrackedJob job) {
        session.requireNamesAsGiven();
        String change = "a name that is taken";
        JobSnapshot known = job.current();
        JobSnapshot answered = session.calls().submitAgain(requireNonNull(known.name()), session.creationTime());
        if (answered != null && !answered.equals(known)) {
            throw session.transcript()
                    .failure(
                            Requirement.NAME_TAKEN,
                            change,
                            List.empty(),
                            "another job was created: expected null, or the job that is there: " + known);
        }
        JobSnapshot read = session.calls().read(change, known);
        session.transcript().reads(known, read, !known.equals(read));
        if (!known.equals(read)) {
            throw session.transcript()
                    .failure(
                            Requirement.NAME_TAKEN,
                            change,
                            List.empty(),
                            "the job that was there changed: " + Judge.difference(known, read));
        }
    }

    /** Lists the jobs. */
    void list() {
        String change = "a list of the jobs";
        Map<String, Seq<JobSnapshot>> listed = new HashMap<>();
        for (JobSnapshot job : session.calls().list(change)) {
            listed.merge(String.valueOf(job.name()), List.of(job), (one, other) -> one.appendAll(other));
        }
        for (TrackedJob job : session.jobs()) {
            String name = requireNonNull(job.current().name());
            Seq<JobSnapshot> found = listed.getOrDefault(name, List.empty());
            if (!found.equals(List.of(job.current()))) {
                throw session.transcript()
                        .failure(
                                Requirement.LISTED,
                                change,
                                List.empty(),
                                found.size() == 1
                                        ? name + " is listed as another job than is read: "
                                                + Judge.difference(job.current(), found.head())
                                        : name + ", which is " + job.current().state() + ", is listed " + found.size()
                                                + " times: expected once");
            }
        }
    }

    /** A name of the same form as this one, which a system chose: other digits at its end, and at least nine. */
    static String another(String name) {
        int segment = name.lastIndexOf('/') + 1;
        StringBuilder other = new StringBuilder(name);
        int digits = 0;
        for (int i = segment; i < name.length(); i++) {
            char each = name.charAt(i);
            if (each >= '0' && each <= '9') {
                digits++;
                other.setCharAt(i, (char) ('1' + (each - '0') % 9)); // never a zero, which may not lead
            }
        }
        return other.append("1".repeat(Math.max(0, DIGITS - digits))).toString();
    }
}
