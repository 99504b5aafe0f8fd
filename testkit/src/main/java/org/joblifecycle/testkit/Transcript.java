package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.job.Legible;
import org.joblifecycle.job.RpcStatus;
import org.joblifecycle.transition.JobEvent;
import org.jspecify.annotations.Nullable;

/** What was done to a system so far, as statements in Java, each with what the system answered. */
final class Transcript {
    private final List<String> statements = new ArrayList<>();

    /** The variables that hold the snapshots. */
    private final Map<JobSnapshot, String> variables = new HashMap<>();

    void submits(String name, Instant now) {
        statements.add(
                "JobSnapshot %s = system.submit(%s, %s);".formatted(nextVariable(), Legible.quoted(name), text(now)));
    }

    void offers(JobSnapshot known, JobSnapshot proposed) {
        if (!variables.containsKey(proposed)) {
            statements.add(
                    "JobSnapshot %s = %s%s;".formatted(nextVariable(), variable(known), changes(known, proposed)));
            holds(proposed);
        }
        statements.add("system.offer(%s, %s);".formatted(variable(known), variable(proposed)));
    }

    void fires(JobSnapshot known, JobEvent event, Instant now, @Nullable RpcStatus error) {
        statements.add("system.fire(%s, JobEvent.%s, %s, %s);"
                .formatted(variable(known), event, text(now), error == null ? "null" : text(error)));
    }

    /** What was read of a job: worth a statement if it is new, or if it shows that something is wrong. */
    void reads(JobSnapshot known, @Nullable JobSnapshot read, boolean isWrong) {
        if (variables.containsKey(read)) {
            if (isWrong) {
                statements.add("system.read(%s.name());".formatted(variable(known)));
                answers(String.valueOf(read));
            }
            return;
        }
        statements.add("JobSnapshot %s = system.read(%s.name());".formatted(nextVariable(), variable(known)));
        answers(String.valueOf(read));
        if (read != null) {
            holds(read);
        }
    }

    /** What follows is done at the same time. */
    void race() {
        statements.add("// at the same time:");
    }

    /** The snapshot that the last statement put into a new variable. */
    void holds(JobSnapshot job) {
        variables.put(job, nextVariable());
    }

    /** What the system answered to the last statement. */
    void answers(String answer) {
        answers(size() - 1, answer);
    }

    /** What the system answered to the statement of this number. */
    void answers(int statement, String answer) {
        statements.set(statement, statements.get(statement) + " // " + Legible.line(answer));
    }

    /** The number of statements so far. */
    int size() {
        return statements.size();
    }

    private String nextVariable() {
        return "job" + (variables.size() + 1);
    }

    private String variable(JobSnapshot job) {
        return requireNonNull(variables.get(job));
    }

    private static String changes(JobSnapshot from, JobSnapshot to) {
        StringBuilder changes = new StringBuilder();
        for (JobField field : JobField.values()) {
            if (field.differs(from, to)) {
                String wither = "with" + Character.toUpperCase(field.wireName().charAt(0))
                        + field.wireName().substring(1);
                Object value = field.of(to);
                changes.append('.')
                        .append(wither)
                        .append('(')
                        .append(value == null ? "null" : text(value))
                        .append(')');
            }
        }
        return changes.toString();
    }

    private static String text(Object value) {
        if (value instanceof JobState) {
            return "JobState." + value;
        }
        if (value instanceof Instant) {
            return "Instant.parse(\"" + value + "\")";
        }
        if (value instanceof RpcStatus error) {
            return "new RpcStatus(" + error.code() + ", " + Legible.quoted(error.message()) + ")";
        }
        return Legible.quoted(value.toString());
    }

    /** The statements, a line each. */
    @Override
    public String toString() {
        return String.join("\n", statements);
    }
}
