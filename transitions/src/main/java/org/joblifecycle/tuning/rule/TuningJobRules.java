package org.joblifecycle.tuning.rule;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.EnumSet;
import java.util.Set;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.tuning.TuningJob;
import org.joblifecycle.tuning.rule.FieldRule.Scope;

/**
 * Checks the fields of tuning jobs, beside what a {@link JobLifecycle} checks; {@link TuningJobLifecycle} asks both. All
 * broken rules are reported at once, in the order of {@link FieldRule}, a violation for each place; none if there is none.
 * {@code asJava()} and {@code toJavaList()} of the answers lead back to the JDK.
 *
 * <pre>{@code
 * Seq<FieldViolation> wrong = TuningJobRules.checkCreate(request);
 * TuningJob accepted = request.withoutOutputOnly();          // the service ignores what it alone sets
 * }</pre>
 */
public final class TuningJobRules {
    private TuningJobRules() {}

    /** Checks a job that exists. */
    public static Seq<FieldViolation> check(TuningJob job) {
        return violations(EnumSet.of(Scope.JOB, Scope.EXISTING), requireNonNull(job, "job"));
    }

    /**
     * Checks a request to create a job. That an output only field is set is reported; the service ignores it, and
     * {@link TuningJob#withoutOutputOnly} is what it takes.
     */
    public static Seq<FieldViolation> checkCreate(TuningJob request) {
        return violations(EnumSet.of(Scope.JOB, Scope.CREATE), requireNonNull(request, "request"));
    }

    /**
     * Checks an update that a client makes: it may change the description, the labels and the tunedModelDisplayName. A
     * fault that the baseline already had, and that the update does not touch, is not reported again.
     *
     * @param before the baseline
     * @param after the job as proposed
     */
    public static Seq<FieldViolation> checkClientUpdate(TuningJob before, TuningJob after) {
        return checkUpdate(EnumSet.of(Scope.UPDATE, Scope.CLIENT_UPDATE), before, after);
    }

    /**
     * Checks an update that the authority over the job makes, as the service does: it may change what is output only too.
     * Whether the change is legal is for the {@link JobLifecycle} to say. A fault that the baseline already had, and that the
     * update does not touch, is not reported again.
     *
     * @param before the baseline
     * @param after the job as proposed
     */
    public static Seq<FieldViolation> checkUpdate(TuningJob before, TuningJob after) {
        return checkUpdate(EnumSet.of(Scope.UPDATE), before, after);
    }

    private static Seq<FieldViolation> checkUpdate(Set<Scope> scopes, TuningJob before, TuningJob after) {
        requireNonNull(before, "before");
        requireNonNull(after, "after");
        return List.of(FieldRule.values()).flatMap(rule -> switch (rule.scope()) {
            case JOB, EXISTING -> rule.newViolations(before, after);
            default -> scopes.contains(rule.scope()) ? rule.violations(before, after) : List.<FieldViolation>empty();
        });
    }

    private static Seq<FieldViolation> violations(Set<Scope> scopes, TuningJob job) {
        return List.of(FieldRule.values())
                .filter(rule -> scopes.contains(rule.scope()))
                .flatMap(rule -> rule.violations(null, job));
    }
}
