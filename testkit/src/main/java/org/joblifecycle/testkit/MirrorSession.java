package org.joblifecycle.testkit;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Polls of some jobs as a mirror observes them, beside what the lifecycle says of them. The first difference is thrown.
 */
final class MirrorSession {
    private final JobLifecycle observer;
    private final MirrorSystem mirror;
    private final Precision precision;
    private final UnaryOperator<String> fresh;
    private final Set<MirrorAspect> judged;
    private final Transcript transcript = new Transcript();

    /** By the name that is asked for. */
    private final Map<String, Mirrored> jobs = new LinkedHashMap<>();

    /**
     * A job as it has to be.
     *
     * @param answer the last answer
     * @param kept what has to be kept
     * @param notices what the owner has to be told
     */
    private record Mirrored(JobSnapshot answer, JobSnapshot kept, Seq<JobState> notices) {}

    /**
     * Begins.
     *
     * @param precision the finest unit of the times that are observed
     * @param fresh makes names that the mirror does not know of those of a script
     * @param judged what is judged
     */
    MirrorSession(
            JobLifecycle observer,
            MirrorSystem mirror,
            Precision precision,
            UnaryOperator<String> fresh,
            Set<MirrorAspect> judged) {
        this.observer = observer;
        this.mirror = mirror;
        this.precision = precision;
        this.fresh = fresh;
        this.judged = judged;
    }

    /**
     * Observes all.
     *
     * @throws NonconformanceError if the mirror fails at a poll that is judged
     * @throws Check.NotTested if it fails before
     */
    void observe(Seq<MirrorScript.Poll> polls) {
        for (MirrorScript.Poll poll : polls) {
            try {
                observe(poll);
            } catch (NonconformanceError e) {
                if (poll.isJudged()) {
                    throw e;
                }
                throw Check.NotTested.inSetup(e);
            }
        }
    }

    private void observe(MirrorScript.Poll poll) {
        String name = fresh.apply(poll.name());
        Mirrored known = jobs.get(name);
        JobSnapshot observed = answer(name, poll.answer());
        MirrorStep step = MirrorStep.of(observer, known == null ? null : known.kept(), observed);
        if (known == null) {
            transcript.makes(observed);
        } else {
            transcript.makes(observed, known.answer());
        }
        transcript.observes(name, observed);
        Set<Rule> warned = call(step.states(), () -> {}, () -> mirror.observe(name, observed));
        if (judged.contains(MirrorAspect.WARNED)) {
            judgeWarnings(step, warned);
        }
        Seq<JobState> notices = known == null ? Vector.empty() : known.notices();
        Mirrored now = new Mirrored(observed, step.kept(), step.isEnd() ? notices.append(observed.state()) : notices);
        jobs.put(name, now);
        judgeReadAndNotices(step, name, now);
        jobs.forEach((other, job) -> {
            if (!other.equals(name)) {
                judgeUnchanged(step.states(), other, job.kept(), job.notices());
            }
        });
    }

    /** The answer as this mirror can get it. */
    private JobSnapshot answer(String name, JobSnapshot answer) {
        JobSnapshot cut = precision.cut(answer);
        if (!MirrorConformance.canRename(observer)) {
            return cut.withName(name);
        }
        return cut.name() == null ? cut : cut.withName(fresh.apply(requireNonNull(cut.name())));
    }

    private void judgeWarnings(MirrorStep step, @Nullable Set<Rule> warned) {
        if (warned == null || warned.stream().anyMatch(Objects::isNull)) {
            transcript.answers(String.valueOf(warned));
            throw transcript.failure(
                    Requirement.ANSWERED,
                    step.states(),
                    List.empty(),
                    "observe answered " + warned + ": expected a set without null");
        }
        transcript.answers(text(List.of(Rule.values()).filter(warned::contains)));
        String wrong = step.wrongWarnings(warned);
        if (!wrong.isEmpty()) {
            boolean isMissing =
                    !step.isStale() && !warned.containsAll(step.broken().asJava());
            throw transcript.failure(
                    isMissing ? Requirement.RULE_WARNED : Requirement.NO_FALSE_ALARM,
                    step.states(),
                    step.violations(),
                    wrong);
        }
    }

    private void judgeReadAndNotices(MirrorStep step, String name, Mirrored job) {
        if (judged.contains(MirrorAspect.KEPT)) {
            JobSnapshot read = read(step.states(), name);
            fail(step, MirrorAspect.KEPT, "read", name, read, step.wrongRead(read));
        }
        if (judged.contains(MirrorAspect.NOTIFIED)) {
            Seq<JobState> notices = notices(step.states(), name);
            fail(step, MirrorAspect.NOTIFIED, "notices", name, notices, step.wrongNotices(job.notices(), notices));
        }
    }

    private void fail(
            MirrorStep step, MirrorAspect aspect, String method, String name, @Nullable Object answer, String wrong) {
        if (!wrong.isEmpty()) {
            transcript.asks(method, name);
            transcript.answers(text(answer));
            throw transcript.failure(step.requirement(aspect), step.states(), step.violations(), wrong);
        }
    }

    private static String text(@Nullable Object answer) {
        return answer instanceof Seq<?> several ? several.mkString("[", ", ", "]") : String.valueOf(answer);
    }

    private void judgeUnchanged(String change, String other, @Nullable JobSnapshot kept, Seq<JobState> expected) {
        Requirement requirement = kept == null ? Requirement.UNKNOWN_ABSENT : Requirement.OTHERS_UNCHANGED;
        String which = kept == null ? "a job that was never observed, " : "another job, ";
        if (judged.contains(MirrorAspect.KEPT)) {
            JobSnapshot read = read(change, other);
            if (!Objects.equals(kept, read)) {
                transcript.asks("read", other);
                transcript.answers(String.valueOf(read));
                String difference = kept == null ? "expected nothing, was " + read : Judge.difference(kept, read);
                throw transcript.failure(requirement, change, List.empty(), which + other + ": " + difference);
            }
        }
        if (judged.contains(MirrorAspect.NOTIFIED)) {
            Seq<JobState> notices = notices(change, other);
            if (!notices.equals(expected)) {
                transcript.asks("notices", other);
                transcript.answers(text(notices));
                throw transcript.failure(
                        requirement,
                        change,
                        List.empty(),
                        which + other + ": expected notices of " + text(expected) + ", were " + text(notices));
            }
        }
    }

    /** Requires that there is no job of these names, which are those of a script. */
    void requireAbsent(Seq<String> names) {
        names.map(fresh).forEach(name -> judgeUnchanged("a name that was never observed", name, null, Vector.empty()));
    }

    /** Several threads observe the same at the same time. */
    void observeAtOnce(MirrorScript.Poll poll, int threads) {
        String name = fresh.apply(poll.name());
        JobSnapshot observed = answer(name, poll.answer());
        MirrorStep step = MirrorStep.of(observer, null, observed);
        transcript.makes(observed);
        transcript.observesAtOnce(name, observed, threads);
        try (ConcurrentCalls calls = new ConcurrentCalls()) {
            Seq<Callable<Boolean>> racers = Vector.fill(threads, () -> () -> {
                mirror.observe(name, observed);
                return true;
            });
            call(step.states(), () -> {}, () -> calls.atOnce(racers))
                    .filter(answer -> answer.isLeft())
                    .headOption()
                    .forEach(answer -> {
                        throw transcript.threw(step.states(), answer.getLeft());
                    });
        }
        Mirrored now = new Mirrored(observed, step.kept(), step.isEnd() ? Vector.of(observed.state()) : Vector.empty());
        jobs.put(name, now);
        judgeReadAndNotices(step, name, now);
    }

    private @Nullable JobSnapshot read(String change, String name) {
        return call(change, () -> transcript.asks("read", name), () -> mirror.read(name));
    }

    private Seq<JobState> notices(String change, String name) {
        java.util.List<JobState> notices =
                call(change, () -> transcript.asks("notices", name), () -> mirror.notices(name));
        if (notices == null) {
            transcript.asks("notices", name);
            throw transcript.failure(Requirement.ANSWERED, change, List.empty(), "notices answered null");
        }
        return Vector.ofAll(notices);
    }

    /**
     * Makes a call.
     *
     * @param tells puts the call into the transcript if it fails, unless it is there already
     */
    private <T extends @Nullable Object> T call(String change, Runnable tells, Callable<T> call) {
        try {
            return call.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the mirror was called", e);
        } catch (Exception | AssertionError | LinkageError | StackOverflowError e) {
            tells.run();
            transcript.answers("threw " + e);
            throw transcript.threw(change, e);
        }
    }
}
