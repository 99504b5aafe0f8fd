package org.joblifecycle.testkit;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.AuditStep;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;

// Mistakes that mirrors make, one in each.
final class MirrorFaults {
    static final JobLifecycle OBSERVER = JobLifecycle.observer(JobKind.TUNING_JOB);

    private MirrorFaults() {}

    /**
     * A mirror with one mistake.
     *
     * @param what the mistake
     * @param hint what the first line of a failure has to say, so that it can be mended
     */
    record Fault(String what, String hint, Supplier<MirrorSystem> system) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Seq<Fault> all() {
        return names().appendAll(kept())
                .appendAll(warned())
                .appendAll(notified())
                .appendAll(calls());
    }

    private static Seq<Fault> names() {
        return List.of(
                keyed(
                        "jobs are kept by the last segment of the name",
                        "another job",
                        name -> name.substring(name.lastIndexOf('/') + 1)),
                keyed(
                        "jobs are kept by project and id",
                        "another job",
                        name -> name.replaceAll("/locations/[^/]+", "")),
                keyed(
                        "jobs are kept by the name without its last character",
                        "another job",
                        name -> name.substring(0, name.length() - 1)),
                new Fault("jobs are kept by the name in the answer", "name: expected", () -> new Base() {
                    @Override
                    protected String key(String name, JobSnapshot observed) {
                        return observed.name() == null ? name : observed.name();
                    }
                }),
                new Fault(
                        "the name that was asked for is put into the answer",
                        "expected a warning of name-changed, was none",
                        () -> new Base() {
                            @Override
                            public Set<Rule> observe(String name, JobSnapshot observed) {
                                return super.observe(name, observed.withName(name));
                            }
                        }),
                new Fault("an unknown job is read as UNSPECIFIED", "a job that was never observed", () -> new Base() {
                    @Override
                    public JobSnapshot read(String name) {
                        JobSnapshot job = super.read(name);
                        return job == null ? JobSnapshot.of(name, JobState.UNSPECIFIED) : job;
                    }
                }));
    }

    private static Seq<Fault> kept() {
        return List.of(
                keeping(
                        "an illegal change is not stored",
                        "has to be kept all the same: state: expected",
                        (kept, observed, step) -> step.verdict().isLegal() || kept == null ? step.baseline() : kept),
                keeping(
                        "a stale observation is stored",
                        "is older than the job that is kept",
                        (kept, observed, step) -> observed),
                keeping(
                        "an answer in part removes the updateTime",
                        "the updateTime that is kept has to stay",
                        (kept, observed, step) -> step.verdict().change() instanceof Change.Stale ? kept : observed),
                keeping(
                        "an answer without updateTime is not stored",
                        "the observation has to be kept",
                        (kept, observed, step) ->
                                observed.updateTime() == null && kept != null ? kept : step.baseline()),
                keeping(
                        "only another state is stored",
                        "updateTime: expected",
                        (kept, observed, step) ->
                                kept != null && kept.state() == observed.state() ? kept : step.baseline()),
                keeping(
                        "a job that has ended is not stored again",
                        "the observation has to be kept",
                        (kept, observed, step) -> kept != null && kept.state().isTerminal() ? kept : step.baseline()),
                keeping(
                        "an absent field leaves what was there",
                        "endTime: expected none, was",
                        (kept, observed, step) ->
                                kept == null || step.baseline().endTime() != null
                                        ? step.baseline()
                                        : step.baseline().withEndTime(kept.endTime())),
                keeping(
                        "the error is not stored",
                        "error: expected",
                        (kept, observed, step) -> step.baseline().withError(null)),
                keeping(
                        "the message of the error is not stored",
                        "error: expected",
                        (kept, observed, step) -> step.baseline().error() == null
                                ? step.baseline()
                                : step.baseline()
                                        .withError(JobError.of(
                                                step.baseline().error().code()))),
                read(
                        "times are cut to milliseconds",
                        "updateTime: expected",
                        job -> job.truncatedTo(ChronoUnit.MILLIS)),
                read(
                        "times are kept as those of Berlin",
                        "Time: expected",
                        job -> timed(job, time -> {
                            ZoneId id = ZoneId.of("Europe/Berlin");
                            return LocalDateTime.ofInstant(time, id).atZone(id).toInstant();
                        })),
                read(
                        "times are kept in seconds of 31 bits",
                        "Time: expected",
                        job -> timed(job, time -> {
                            int seconds = (int) time.getEpochSecond();
                            return Instant.ofEpochSecond(seconds, time.getNano());
                        })),
                new Fault("a job is forgotten when it has ended", "but there is no such job", () -> new Base() {
                    @Override
                    public JobSnapshot read(String name) {
                        JobSnapshot job = super.read(name);
                        return job == null || job.state().isTerminal() ? null : job;
                    }
                }));
    }

    private static Seq<Fault> warned() {
        return List.of(
                warning(
                        "only the first broken rule is warned of",
                        "expected a warning of ",
                        (step, rules) -> Set.copyOf(List.ofAll(step.verdict().violations())
                                .map(Violation::rule)
                                .take(1)
                                .toJavaSet())),
                warning("only an illegal transition is warned of", ", was none", (step, rules) -> {
                    rules.retainAll(EnumSet.of(Rule.TRANSITION_ILLEGAL));
                    return rules;
                }),
                warning("a skipped step is warned of", "steps may be missed between two polls", (step, rules) -> {
                    if (step.verdict().change() instanceof Change.Skipped) {
                        rules.add(Rule.TRANSITION_ILLEGAL);
                    }
                    return rules;
                }),
                warning("errors are not looked at", "was none", (step, rules) -> {
                    rules.removeAll(EnumSet.of(Rule.ERROR_CHANGED, Rule.ERROR_CODE_INVALID, Rule.ERROR_UNEXPECTED));
                    return rules;
                }),
                judging("each answer is judged alone", "was none", (kept, observed) -> OBSERVER.check(observed)),
                judging("an old fault is warned of at each poll", "was broken before already", (kept, observed) -> {
                    var alone = OBSERVER.check(observed);
                    var changed = OBSERVER.check(kept, observed);
                    return changed.change() instanceof Change.Stale
                                    || alone.violations().isEmpty()
                            ? changed
                            : alone;
                }),
                judging(
                        "what is observed is judged as if the mirror wrote it",
                        "expected no warning",
                        (kept, observed) ->
                                JobLifecycle.authority(JobKind.TUNING_JOB).check(kept, observed)),
                new Fault(
                        "a rule that is broken is warned of once in the life of the mirror",
                        "expected a warning of",
                        () -> new Base() {
                            private final Set<String> warned = new HashSet<>();

                            @Override
                            public Set<Rule> observe(String name, JobSnapshot observed) {
                                Set<Rule> rules = new HashSet<>(super.observe(name, observed));
                                rules.removeIf(rule -> !warned.add(name + rule));
                                return rules;
                            }
                        }));
    }

    private static Seq<Fault> notified() {
        return List.of(
                ending(
                        "an end is notified at each poll",
                        "the job had ended before",
                        (kept, observed, step) -> observed.state().isTerminal()
                                && !(step.verdict().change() instanceof Change.Stale)),
                ending(
                        "a job that is first observed when it has ended is not notified",
                        "the job has ended before it was first observed",
                        (kept, observed, step) ->
                                kept != null && step.verdict().change().entersTerminal()),
                ending(
                        "a stale end is notified",
                        "the observation is older",
                        (kept, observed, step) -> step.verdict().change().entersTerminal()
                                || (step.verdict().change() instanceof Change.Stale
                                        && observed.state().isTerminal())),
                ending(
                        "a second end is not notified",
                        "the job has ended again, in another state",
                        (kept, observed, step) -> step.verdict().change().entersTerminal()
                                && (kept == null || !kept.state().isTerminal())),
                ending(
                        "an illegal end is not notified",
                        "the job has ended, though that breaks a rule",
                        (kept, observed, step) -> step.verdict().change().entersTerminal()
                                && step.verdict().isLegal()),
                ending(
                        "only a step to an end is notified",
                        "the job has ended",
                        (kept, observed, step) -> step.verdict().change() instanceof Change.Stepped
                                && observed.state().isTerminal()),
                ending(
                        "PARTIALLY_SUCCEEDED is not an end",
                        "expected notices of [PARTIALLY_SUCCEEDED], were []",
                        (kept, observed, step) -> step.verdict().change().entersTerminal()
                                && observed.state() != JobState.PARTIALLY_SUCCEEDED),
                ending(
                        "a job that is being cancelled is notified",
                        "the job has not ended",
                        (kept, observed, step) -> step.verdict().change().entersTerminal()
                                || (step.verdict().change() instanceof Change.Stepped stepped
                                        && stepped.transition().target() == JobState.CANCELLING)),
                new Fault("the owner of a job is notified once in its life", "the job has ended", () -> new Base() {
                    @Override
                    protected void notify(String key, JobState state) {
                        notices.putIfAbsent(key, new java.util.ArrayList<>(java.util.List.of(state)));
                    }
                }));
    }

    private static Seq<Fault> calls() {
        return List.of(
                new Fault(
                        "an answer without a name is an exception",
                        "the system threw java.lang.NullPointerException",
                        () -> new Base() {
                            @Override
                            protected String key(String name, JobSnapshot observed) {
                                Objects.requireNonNull(
                                        observed.name(), "no name"); // a message of its own, whatever the JIT does
                                return name;
                            }
                        }),
                new Fault("warnings of nothing are null", "observe answered null", () -> new Base() {
                    @Override
                    public Set<Rule> observe(String name, JobSnapshot observed) {
                        Set<Rule> rules = super.observe(name, observed);
                        return rules.isEmpty() ? null : rules;
                    }
                }),
                new Fault("two pollers notify the same end twice", "expected notices of", () -> new Base() {
                    private final Map<String, JobSnapshot> cache = new ConcurrentHashMap<>();

                    // Not synchronized: looks, and then acts.
                    @Override
                    public Set<Rule> observe(String name, JobSnapshot observed) {
                        AuditStep step = observer.audit(cache.get(name), observed);
                        LockSupport.parkNanos(10_000); // somebody else looks
                        cache.put(name, step.baseline());
                        synchronized (jobs) {
                            jobs.put(name, step.baseline());
                            if (step.verdict().change().entersTerminal()) {
                                notify(name, observed.state());
                            }
                        }
                        return warnings(step);
                    }
                }));
    }

    private static class Base extends ReferenceMirror {
        Base() {
            super(OBSERVER);
        }
    }

    private static Fault keyed(String what, String hint, UnaryOperator<String> key) {
        return new Fault(what, hint, () -> new Base() {
            @Override
            protected String key(String name, JobSnapshot observed) {
                return key.apply(name);
            }

            @Override
            public JobSnapshot read(String name) {
                return super.read(key.apply(name));
            }

            @Override
            public java.util.List<JobState> notices(String name) {
                return super.notices(key.apply(name));
            }
        });
    }

    private interface Keeping {
        JobSnapshot kept(JobSnapshot kept, JobSnapshot observed, AuditStep step);
    }

    private static Fault keeping(String what, String hint, Keeping keeping) {
        return new Fault(what, hint, () -> new Base() {
            @Override
            protected void keep(String key, JobSnapshot observed, AuditStep step) {
                jobs.put(key, keeping.kept(jobs.get(key), observed, step));
            }
        });
    }

    private static Fault read(String what, String hint, UnaryOperator<JobSnapshot> read) {
        return new Fault(what, hint, () -> new Base() {
            @Override
            public JobSnapshot read(String name) {
                JobSnapshot job = super.read(name);
                return job == null ? null : read.apply(job);
            }
        });
    }

    private static JobSnapshot timed(JobSnapshot job, UnaryOperator<Instant> kept) {
        UnaryOperator<Instant> orNull = time -> time == null ? null : kept.apply(time);
        return job.withCreateTime(orNull.apply(job.createTime()))
                .withStartTime(orNull.apply(job.startTime()))
                .withEndTime(orNull.apply(job.endTime()))
                .withUpdateTime(orNull.apply(job.updateTime()));
    }

    private interface Warning {
        Set<Rule> warned(AuditStep step, Set<Rule> rules);
    }

    private static Fault warning(String what, String hint, Warning warning) {
        return new Fault(what, hint, () -> new Base() {
            @Override
            protected Set<Rule> warnings(AuditStep step) {
                return warning.warned(step, super.warnings(step));
            }
        });
    }

    private interface Judging {
        Verdict verdict(JobSnapshot kept, JobSnapshot observed);
    }

    private static Fault judging(String what, String hint, Judging judging) {
        return new Fault(what, hint, () -> new Base() {
            @Override
            public Set<Rule> observe(String name, JobSnapshot observed) {
                Set<Rule> rules = judging.verdict(jobs.get(name), observed)
                        .violations()
                        .map(Violation::rule)
                        .toJavaSet();
                super.observe(name, observed);
                return rules;
            }
        });
    }

    private interface Ending {
        boolean isEnd(JobSnapshot kept, JobSnapshot observed, AuditStep step);
    }

    private static Fault ending(String what, String hint, Ending ending) {
        return new Fault(what, hint, () -> new Base() {
            @Override
            protected boolean isEnd(JobSnapshot kept, JobSnapshot observed, AuditStep step) {
                return ending.isEnd(kept, observed, step);
            }
        });
    }
}
