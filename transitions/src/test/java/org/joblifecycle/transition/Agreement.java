package org.joblifecycle.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.junit.jupiter.params.provider.Arguments;

/** Holds a lifecycle against the naive one. */
final class Agreement {
    private final JobLifecycle lifecycle;
    private final NaiveLifecycle naive;
    private final NaiveLifecycle owner;

    Agreement(JobKind kind, Mode mode) {
        this.lifecycle = JobLifecycle.of(mode, kind);
        this.naive = new NaiveLifecycle(kind, mode);
        this.owner = new NaiveLifecycle(kind, Mode.AUTHORITY);
    }

    /** For {@code @MethodSource}: every kind in every mode. */
    static Stream<Arguments> kindsAndModes() {
        return Stream.of(JobKind.values())
                .flatMap(kind -> Stream.of(Mode.values()).map(mode -> Arguments.of(kind, mode)));
    }

    JobLifecycle lifecycle() {
        return lifecycle;
    }

    NaiveLifecycle.Answer onCheck(JobSnapshot before, JobSnapshot after) {
        NaiveLifecycle.Answer expected = naive.check(before, after);
        Verdict actual = lifecycle.check(before, after);
        if (!sameRules(expected.broken(), actual.violations())
                || !expected.change().equals(actual.change())
                || expected.broken().isEmpty() != actual.isLegal()) {
            fail(lifecycle + "\nbefore   " + before + "\nafter    " + after + "\nexpected " + expected + "\nactual   "
                    + actual);
        }
        return expected;
    }

    /** The next baseline. */
    JobSnapshot onAudit(JobSnapshot baseline, JobSnapshot observed) {
        onCheck(baseline, observed);
        JobSnapshot expected = naive.baseline(baseline, observed);
        AuditStep actual = lifecycle.audit(baseline, observed);
        assertEquals(new AuditStep(expected, lifecycle.check(baseline, observed)), actual, lifecycle::toString);
        return expected;
    }

    NaiveLifecycle.Applied onApply(JobSnapshot job, JobEvent event, Instant now, JobError error) {
        NaiveLifecycle.Applied expected = owner.apply(job, event, now, error);
        Validation<Seq<Violation>, JobSnapshot> actual = lifecycle.apply(job, event, now, error);
        boolean same = actual.isValid()
                ? actual.get().equals(expected.job())
                : expected.job() == null && sameRules(expected.refusals(), actual.getError());
        if (!same) {
            fail(lifecycle + "\njob      " + job + "\nevent    " + event + " at " + now + ", " + error + "\nexpected "
                    + expected + "\nactual   " + actual);
        }
        return expected;
    }

    static void assertBroken(Verdict actual, Rule... expected) {
        assertEquals(List.of(expected), actual.violations().map(Violation::rule).toJavaList());
    }

    private static boolean sameRules(List<Rule> expected, Seq<Violation> actual) {
        Iterator<Rule> rules = expected.iterator();
        for (Violation violation : actual) {
            if (!rules.hasNext() || rules.next() != violation.rule()) {
                return false;
            }
        }
        return !rules.hasNext();
    }
}
