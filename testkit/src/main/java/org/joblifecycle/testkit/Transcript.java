package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.text.Escaped;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.Violation;
import org.joblifecycle.tuning.TuningJob;
import org.jspecify.annotations.Nullable;

/** The calls to a system, or to a mirror, so far, as statements in Java, each with what the system answered. */
final class Transcript {
    private final List<String> statements = new ArrayList<>();

    /** The variables that hold the snapshots. */
    private final Map<JobSnapshot, String> variables = new HashMap<>();

    /** What passed in the last statement, if time passed there, and in how many steps. */
    private Duration advanced = Duration.ZERO;

    private int advances;

    /** When a system that has its own clock created its first job: later times are relative to it; else null. */
    private @Nullable Instant start;

    /** Forgets everything. */
    void clear() {
        statements.clear();
        variables.clear();
        start = null;
    }

    /** A failure that these calls show. */
    NonconformanceError failure(Requirement requirement, String change, Seq<Violation> violations, String problem) {
        return new NonconformanceError(
                requirement,
                change,
                violations.map(Violation::rule),
                problem + violations.mkString(violations.isEmpty() ? "" : "\n  ", "\n  ", ""),
                toString(),
                null);
    }

    /** The failure of a system that threw this. */
    NonconformanceError threw(String change, Throwable e) {
        return new NonconformanceError(
                Requirement.ANSWERED, change, Vector.empty(), "the system threw " + e, toString(), e);
    }

    void submits(String name, Instant now) {
        adds("JobSnapshot " + nextVariable() + " = " + submit(name, now));
    }

    void submits(String name, Request request, Instant now) {
        adds("JobSnapshot %s = system.submit(%s, %s, %s).snapshot().get()"
                .formatted(nextVariable(), literal(name), request.java(), literal(now)));
    }

    /** What was read of a whole job that shows that something is wrong. */
    void reads(JobSnapshot known, @Nullable TuningJob read) {
        adds("TuningJob read = system.readTuningJob(" + variable(known) + ".name())");
        answers(String.valueOf(read));
    }

    /** The call that submits a job. */
    String submit(String name, Instant now) {
        return "system.submit(%s, %s)".formatted(literal(name), literal(now));
    }

    void offers(JobSnapshot known, JobSnapshot proposed) {
        adds(offer(known, proposed));
    }

    /** The call that offers an update; a statement before it makes the proposal. */
    String offer(JobSnapshot known, JobSnapshot proposed) {
        makes(proposed, known);
        return "system.offer(%s, %s)".formatted(variable(known), variable(proposed));
    }

    /** A statement that makes a snapshot from another one, unless a variable holds it already. */
    void makes(JobSnapshot made, JobSnapshot known) {
        if (!variables.containsKey(made)) {
            statements.add("JobSnapshot %s = %s%s;".formatted(nextVariable(), variable(known), changes(known, made)));
            holds(made);
        }
    }

    /** A statement that makes a snapshot, unless a variable holds it already. */
    void makes(JobSnapshot made) {
        if (!variables.containsKey(made)) {
            String name = made.name();
            JobSnapshot bare = JobSnapshot.of(name, made.state());
            statements.add("JobSnapshot %s = JobSnapshot.of(%s, %s)%s;"
                    .formatted(
                            nextVariable(),
                            name == null ? "null" : literal(name),
                            text(made.state()),
                            changes(bare, made)));
            holds(made);
        }
    }

    /** The call by which a mirror observes a job, which a variable holds. */
    void observes(String name, JobSnapshot observed) {
        adds(observe(name, observed));
    }

    /** That call, made by several threads at the same time. */
    void observesAtOnce(String name, JobSnapshot observed, int threads) {
        adds("Executors.newCachedThreadPool().invokeAll(Collections.<Callable<Object>>nCopies(%d, () -> %s))"
                .formatted(threads, observe(name, observed)));
    }

    private String observe(String name, JobSnapshot observed) {
        return "mirror.observe(%s, %s)".formatted(literal(name), variable(observed));
    }

    /** The call of a method that asks a mirror for a name. */
    void asks(String method, String name) {
        adds("mirror.%s(%s)".formatted(method, literal(name)));
    }

    void fires(JobSnapshot known, JobEvent event, Instant now, @Nullable JobError error) {
        adds(fire(known, event, now, error));
    }

    /** The call that fires an event. */
    String fire(JobSnapshot known, JobEvent event, Instant now, @Nullable JobError error) {
        return "system.fire(%s, JobEvent.%s, %s, %s)"
                .formatted(variable(known), event, text(now), error == null ? "null" : text(error));
    }

    /** Time that passes; where nothing was told since it passed before, it is told in one statement. */
    void advances(Duration time) {
        boolean goesOn = !statements.isEmpty()
                && statements.get(size() - 1).equals(advance())
                && time.isNegative() == advanced.isNegative();
        advanced = goesOn ? advanced.plus(time) : time;
        advances = goesOn ? advances + 1 : 1;
        if (goesOn) {
            statements.set(size() - 1, advance());
        } else {
            statements.add(advance());
        }
    }

    private String advance() {
        String steps = advances > 1 ? " // in " + advances + " steps" : "";
        return "system.advance(Duration.parse(\"" + advanced + "\"));" + steps;
    }

    /**
     * Calls that are made at the same time.
     *
     * @return the numbers of their lines, for {@link #answers(int, String)}
     */
    Seq<Integer> races(Seq<String> calls) {
        statements.add("Executors.newCachedThreadPool().invokeAll(List.<Callable<Answer>>of( // at the same time");
        int first = size();
        calls.zipWithIndex()
                .map(call -> "        () -> " + call._1() + (call._2() + 1 < calls.size() ? "," : "));"))
                .forEach(statements::add);
        return Vector.range(first, size());
    }

    /** The call that reads a job. */
    String read(JobSnapshot job) {
        return "system.read("
                + (variables.containsKey(job) ? variable(job) + ".name()" : literal(String.valueOf(job.name())))
                + ")";
    }

    /** A comment on what follows. */
    void remarks(String remark) {
        statements.add("// " + remark);
    }

    /** A call. */
    void adds(String call) {
        statements.add(call + ";");
    }

    /** What was read of a job: gets a statement if it is new, or if it shows that something is wrong. */
    void reads(JobSnapshot known, @Nullable JobSnapshot read, boolean isWrong) {
        if (variables.containsKey(read)) {
            if (isWrong) {
                adds(read(known));
                answers(String.valueOf(read));
            }
            return;
        }
        adds("JobSnapshot " + nextVariable() + " = " + read(known));
        answers(String.valueOf(read));
        if (read != null) {
            holds(read);
        }
    }

    /** The job that the last statement created and put into a new variable, at this time by the caller's clock. */
    void holds(JobSnapshot created, Instant now) {
        holds(created);
        if (start == null && !created.notBefore(now).equals(now)) {
            start = created.notBefore(now);
            statements.add("Instant start = %s.notBefore(%s);".formatted(variable(created), literal(now)));
        }
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
        statements.set(statement, statements.get(statement) + " // " + escaped(answer));
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

    private String changes(JobSnapshot from, JobSnapshot to) {
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

    private String text(Object value) {
        if (value instanceof JobState) {
            return "JobState." + value;
        }
        if (value instanceof Instant time) {
            return start == null
                    ? literal(time)
                    : "start.plus(Duration.parse(\"" + Duration.between(start, time) + "\"))";
        }
        if (value instanceof JobError error) {
            return "new JobError(" + error.code() + ", " + literal(error.message()) + ")";
        }
        return literal(value.toString());
    }

    /** The whole text as a Java literal. */
    static String literal(String text) {
        return '"' + escaped(text).replace("\"", "\\\"") + '"';
    }

    /** The text such that javac accepts it, also in a comment, where {@code \}{@code u000a} would end the line. */
    private static String escaped(String text) {
        return Escaped.line(text.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t"));
    }

    private static String literal(Instant time) {
        return "Instant.parse(\"" + time + "\")";
    }

    /** The statements, one line each. */
    @Override
    public String toString() {
        return String.join("\n", statements);
    }
}
