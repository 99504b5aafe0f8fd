package org.joblifecycle.testkit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.Set;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.AuditStep;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/**
 * An observation, and what the lifecycle says of it: what has to be kept, warned of and told to the owner.
 *
 * @param baseline the job as it has to be kept before; null if nothing is known
 * @param observed the observation
 * @param audit the answer of the lifecycle
 */
record MirrorStep(JobLifecycle observer, @Nullable JobSnapshot baseline, JobSnapshot observed, AuditStep audit) {
    static MirrorStep of(JobLifecycle observer, @Nullable JobSnapshot baseline, JobSnapshot observed) {
        return new MirrorStep(observer, baseline, observed, observer.audit(baseline, observed));
    }

    /** The job as it has to be kept afterwards. */
    JobSnapshot kept() {
        return audit.baseline();
    }

    Seq<Violation> violations() {
        return audit.verdict().violations();
    }

    Seq<Rule> broken() {
        return violations().map(Violation::rule);
    }

    boolean isStale() {
        return change() instanceof Change.Stale;
    }

    boolean isEnd() {
        return change().entersTerminal();
    }

    private Change change() {
        return audit.verdict().change();
    }

    /** What this requires of a mirror. */
    Requirement requirement(MirrorAspect aspect) {
        return switch (aspect) {
            case KEPT -> isStale() ? Requirement.STALE_IGNORED : Requirement.OBSERVATION_KEPT;
            case WARNED -> isStale() || broken().isEmpty() ? Requirement.NO_FALSE_ALARM : Requirement.RULE_WARNED;
            case NOTIFIED -> isEnd() ? Requirement.END_NOTIFIED : Requirement.NO_FALSE_NOTICE;
        };
    }

    /** The change of state, such as {@code RUNNING -> SUCCEEDED}. */
    String states() {
        return baseline == null
                ? "first observed " + observed.state()
                : baseline.state() + " -> " + observed.state() + (isStale() ? ", stale" : "");
    }

    /** What is wrong with what is read; empty if nothing is. */
    String wrongRead(@Nullable JobSnapshot read) {
        if (kept().equals(read)) {
            return "";
        }
        String difference = Judge.difference(kept(), read);
        if (isStale()) {
            return "the observation is older than the job that is kept, which has to stay as it is: " + difference;
        }
        if (!kept().equals(observed) && observed.equals(read)) {
            return "the answer is one in part, so the updateTime that is kept has to stay: " + difference;
        }
        return (broken().isEmpty()
                        ? "the observation has to be kept: "
                        : "the observation breaks " + broken().mkString(", ") + " and has to be kept all the same: ")
                + difference;
    }

    /** What is wrong with the warnings; empty if nothing is. */
    String wrongWarnings(Set<Rule> warned) {
        Seq<Rule> named = List.of(Rule.values()).filter(warned::contains);
        if (isStale() ? broken().containsAll(named) : named.equals(broken())) {
            return "";
        }
        if (isStale()) {
            return "the observation is older than the job that is kept: expected no warning, or "
                    + Rule.UPDATE_TIME_REGRESSED + ", was " + named.mkString(", ");
        }
        Seq<Rule> superfluous = named.removeAll(broken());
        return "expected " + (broken().isEmpty() ? "no warning" : "a warning of " + broken().mkString(", ")) + ", was "
                + (named.isEmpty() ? "none" : named.mkString(", "))
                + superfluous
                        .headOption()
                        .map(rule -> "; " + rule + whyNotBroken(rule))
                        .getOrElse("");
    }

    private String whyNotBroken(Rule rule) {
        if (change() instanceof Change.Skipped && rule == Rule.TRANSITION_ILLEGAL) {
            return " is not broken: steps may be missed between two polls";
        }
        return observer.check(observed).violations().exists(violation -> violation.rule() == rule)
                ? " was broken before already, and nothing that it reads has changed"
                : " is not broken";
    }

    /** What is wrong with the notices; empty if nothing is. */
    String wrongNotices(Seq<JobState> expected, Seq<JobState> notices) {
        return expected.equals(notices)
                ? ""
                : why() + ": expected notices of " + expected.mkString("[", ", ", "]") + ", were "
                        + notices.mkString("[", ", ", "]");
    }

    private String why() {
        if (isEnd()) {
            return baseline == null
                    ? "the job has ended before it was first observed"
                    : baseline.state().isTerminal()
                            ? "the job has ended again, in another state"
                            : "the job has ended" + (broken().isEmpty() ? "" : ", though that breaks a rule");
        }
        if (isStale()) {
            return "the observation is older than the job that is kept";
        }
        return baseline != null
                        && baseline.state() == observed.state()
                        && observed.state().isTerminal()
                ? "the job had ended before"
                : "the job has not ended";
    }
}
