package org.joblifecycle.testkit;

import static org.joblifecycle.testkit.BrokenSystems.AUTHORITY;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.tuning.RawJson;
import org.joblifecycle.tuning.SupervisedHyperParameters;
import org.joblifecycle.tuning.SupervisedTuningSpec;
import org.joblifecycle.tuning.TuningJob;

// Mistakes that schedulers and emulators make, one in each.
final class InventedFaults {
    private static final JobLifecycle NOTEBOOKS = JobLifecycle.authority(JobKind.NOTEBOOK_EXECUTION_JOB);

    private InventedFaults() {}

    /**
     * A system with one mistake.
     *
     * @param what the mistake
     * @param hint what the first line of a failure has to say, so that it can be mended
     */
    record Fault(String what, String hint, JobLifecycle lifecycle, Supplier<JobSystem> system) {
        Fault(String what, String hint, Supplier<JobSystem> system) {
            this(what, hint, AUTHORITY, system);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Seq<Fault> ofUpdates() {
        return List.of(
                new Fault(
                        "two amendments of a cancelled job overwrite each other", "CANCELLED", ComparesOldErrors::new),
                new Fault(
                        "two amendments of a notebook's job overwrite each other",
                        "stale writer",
                        NOTEBOOKS,
                        () -> new BrokenSystems.ComparesStateAndUpdateTimeOnly(NOTEBOOKS)),
                new Fault("an update that moves a job creates it", "was never created", () -> new Base() {
                    @Override
                    public Answer offer(JobSnapshot known, JobSnapshot proposed) {
                        if (!jobs.containsKey(known.name()) && proposed.state() != known.state()) {
                            jobs.put(known.name(), proposed);
                            return Answer.accepted();
                        }
                        return super.offer(known, proposed);
                    }
                }),
                new Fault(
                        "jobs are kept by the first 64 characters of the name",
                        "as if another one had the name",
                        () -> new Base() {
                            @Override
                            String key(String name) {
                                return name.substring(0, Math.min(64, name.length()));
                            }
                        }),
                new Fault("the updateTime is cut too", "updateTime: expected", () -> new CutsStartAndEnd() {
                    @Override
                    JobSnapshot kept(JobSnapshot job) {
                        return job.truncatedTo(ChronoUnit.SECONDS);
                    }
                }),
                new Fault("times are rounded to seconds", "startTime: expected", () -> new CutsStartAndEnd() {
                    @Override
                    JobSnapshot kept(JobSnapshot job) {
                        Instant start = job.startTime();
                        return History.cut(job.withStartTime(start == null ? null : start.plusMillis(500)));
                    }

                    @Override
                    public ChronoUnit precision(JobField time) {
                        return time == JobField.END_TIME ? ChronoUnit.SECONDS : ChronoUnit.NANOS;
                    }
                }),
                new Fault("a list shows one page", "is listed 0 times", () -> new Base() {
                    @Override
                    public Iterable<JobSnapshot> list() {
                        return List.ofAll(super.list()).take(100);
                    }
                }),
                new Fault("a list shows what was read last", "is listed as another job", () -> new Base() {
                    private final Map<String, JobSnapshot> shown = new ConcurrentHashMap<>();

                    @Override
                    public JobSnapshot read(String name) {
                        JobSnapshot job = super.read(name);
                        if (job != null) {
                            shown.putIfAbsent(name, job);
                        }
                        return job;
                    }

                    @Override
                    public Iterable<JobSnapshot> list() {
                        return shown.values();
                    }
                }),
                new Fault(
                        "the message of an error is cut to 255 characters",
                        "error: expected",
                        () -> changing((before, after) -> after.error() == null
                                ? after
                                : after.withError(new JobError(
                                        after.error().code(),
                                        after.error()
                                                .message()
                                                .substring(
                                                        0,
                                                        Math.min(
                                                                255,
                                                                after.error()
                                                                        .message()
                                                                        .length())))))));
    }

    static Seq<Fault> ofEvents() {
        return List.of(
                new Fault(
                        "no event is taken while the clock is behind",
                        "though no rule is broken",
                        () -> new OwnClock(AUTHORITY) {
                            @Override
                            Instant time(JobSnapshot job) {
                                return clock();
                            }
                        }),
                new Fault(
                        "a job ends by the clock, before it started",
                        "breaks end-time-order",
                        () -> new OwnClock(AUTHORITY.without(Rule.END_TIME_ORDER)) {
                            @Override
                            protected boolean store(JobSnapshot known, JobSnapshot next) {
                                return super.store(known, next.endTime() == null ? next : next.withEndTime(clock()));
                            }
                        }),
                new Fault("jobs vanish when the clock is set back", "", () -> new OwnClock(AUTHORITY) {
                    @Override
                    public void advance(Duration time) {
                        super.advance(time);
                        jobs.values().removeIf(job -> job.createTime().isAfter(clock()));
                    }
                }),
                new Fault(
                        "an unknown name is answered with any job", "was never created", () -> new OwnClock(AUTHORITY) {
                            @Override
                            public JobSnapshot submit(String name, Instant now) {
                                return super.submit(name.replace("tuningJobs/", "tuningJobs/9"), now);
                            }

                            @Override
                            public JobSnapshot read(String name) {
                                JobSnapshot job = super.read(name);
                                return job != null || jobs.isEmpty()
                                        ? job
                                        : jobs.values().iterator().next().withName(name);
                            }
                        }),
                new Fault("jobs of all kinds are kept by project, location and id", "another kind", () -> new Base() {
                    @Override
                    String key(String name) {
                        return name.replaceAll("/[a-zA-Z]+Jobs/", "/");
                    }
                }),
                new Fault("an event that was sent before is taken for a repetition", "", () -> new Base() {
                    private final Set<String> sent = new HashSet<>();

                    @Override
                    public Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error) {
                        Answer answer = super.fire(known, event, now, error);
                        return !answer.isAccepted() && !sent.add(known.name() + event) ? Answer.accepted() : answer;
                    }
                }),
                new Fault(
                        "the spaces around a message are removed",
                        "error: expected",
                        () -> changing((before, after) -> after.error() == null
                                ? after
                                : after.withError(new JobError(
                                        after.error().code(),
                                        after.error().message().strip())))),
                new Fault(
                        "a job that runs again after the queue loses its startTime",
                        "startTime",
                        () -> changing((before, after) -> before.state() == JobState.QUEUED
                                        && before.startTime() != null
                                ? after.withStartTime(after.state() == JobState.RUNNING ? after.updateTime() : null)
                                : after)),
                new Fault(
                        "what expires has ended when it was created",
                        "endTime: expected",
                        () -> changing((before, after) -> after.state() == JobState.EXPIRED
                                ? after.withEndTime(Objects.requireNonNullElse(after.createTime(), after.endTime()))
                                : after)));
    }

    static Seq<Fault> ofTheRest() {
        return List.of(
                rest(
                        "labels are lost when a job fails",
                        "labels: expected",
                        (rest, job) -> job.state() == JobState.FAILED ? rest.with(TuningJob.LABELS, null) : rest),
                rest(
                        "labels are lost when a job runs",
                        "labels: expected",
                        (rest, job) -> job.state() == JobState.RUNNING ? rest.with(TuningJob.LABELS, null) : rest),
                rest(
                        "labels without a value are lost",
                        "labels: expected",
                        (rest, job) ->
                                rest.with(TuningJob.LABELS, rest.labels().filterValues(value -> !value.isEmpty()))),
                rest(
                        "the description is kept in Latin-1",
                        "description: expected",
                        (rest, job) -> rest.description() == null
                                ? rest
                                : rest.with(
                                        TuningJob.DESCRIPTION,
                                        new String(
                                                rest.description().getBytes(StandardCharsets.ISO_8859_1),
                                                StandardCharsets.ISO_8859_1))),
                rest(
                        "why a job failed becomes its description",
                        "description: expected",
                        (rest, job) -> job.error() == null
                                ? rest
                                : rest.with(TuningJob.DESCRIPTION, job.error().message())),
                rest(
                        "a cancelled model has no name",
                        "tunedModelDisplayName: expected",
                        (rest, job) -> job.state() == JobState.CANCELLED
                                ? rest.with(TuningJob.TUNED_MODEL_DISPLAY_NAME, null)
                                : rest),
                rest(
                        "numbers are kept as doubles",
                        "epochCount: expected",
                        (rest, job) -> spec(rest, spec -> {
                            SupervisedHyperParameters parameters = spec.hyperParameters();
                            return parameters == null
                                    ? spec
                                    : spec.with(
                                            SupervisedTuningSpec.HYPER_PARAMETERS,
                                            parameters.with(SupervisedHyperParameters.EPOCH_COUNT, (long) parameters
                                                    .get(SupervisedHyperParameters.EPOCH_COUNT)
                                                    .doubleValue()));
                        })),
                rest(
                        "fields that are not known are lost",
                        "futureField: expected",
                        (rest, job) ->
                                rest.unknown().keySet().foldLeft(rest, (less, name) -> less.withUnknown(name, null))),
                rest(
                        "unknown fields of the spec are lost",
                        "supervisedTuningSpec.futureParameter: expected",
                        (rest, job) -> spec(
                                rest,
                                spec -> spec.unknown()
                                        .keySet()
                                        .foldLeft(spec, (less, name) -> less.withUnknown(name, null)))),
                rest(
                        "JSON is written anew, without nulls",
                        "futureField: expected",
                        (rest, job) -> rest.unknown()
                                .foldLeft(
                                        rest,
                                        (next, field) -> next.withUnknown(
                                                field._1(),
                                                new RawJson(field._2().text().replace("\"none\":null,", ""))))));
    }

    private static Fault rest(String what, String hint, BiFunction<TuningJob, JobSnapshot, TuningJob> kept) {
        return new Fault(what, hint, () -> new Base() {
            @Override
            protected TuningJob rest(TuningJob rest, JobSnapshot job) {
                return kept.apply(rest, job);
            }
        });
    }

    private static TuningJob spec(TuningJob job, UnaryOperator<SupervisedTuningSpec> change) {
        SupervisedTuningSpec spec = job.supervisedTuningSpec();
        return spec == null ? job : job.with(TuningJob.SUPERVISED_TUNING_SPEC, change.apply(spec));
    }

    private static class Base extends ReferenceSystem {
        Base() {
            super(AUTHORITY);
        }

        String key(String name) {
            return name;
        }

        @Override
        public JobSnapshot submit(String name, Instant now) {
            JobSnapshot job = JobSnapshot.of(name, JobState.UNSPECIFIED);
            return jobs.putIfAbsent(key(name), job) == null ? job : null;
        }

        @Override
        public JobSnapshot read(String name) {
            return jobs.get(key(name));
        }

        @Override
        protected boolean store(JobSnapshot known, JobSnapshot next) {
            return jobs.replace(key(known.name()), known, next);
        }
    }

    private static JobSystem changing(BiFunction<JobSnapshot, JobSnapshot, JobSnapshot> change) {
        return new Base() {
            @Override
            protected boolean store(JobSnapshot known, JobSnapshot next) {
                return super.store(known, change.apply(known, next));
            }
        };
    }

    private static class CutsStartAndEnd extends Base {
        @Override
        public ChronoUnit precision(JobField time) {
            return time == JobField.START_TIME || time == JobField.END_TIME ? ChronoUnit.SECONDS : precision();
        }

        JobSnapshot kept(JobSnapshot job) {
            return History.cut(job);
        }

        @Override
        protected boolean store(JobSnapshot known, JobSnapshot next) {
            return super.store(known, kept(next));
        }
    }

    // Compares all but the error of what was cancelled.
    private static final class ComparesOldErrors extends Base {
        @Override
        protected boolean store(JobSnapshot known, JobSnapshot next) {
            JobSnapshot stored = jobs.get(known.name());
            boolean isKnown = stored != null
                    && (known.state() == JobState.CANCELLED
                            ? stored.withError(null).equals(known.withError(null))
                            : stored.equals(known));
            return isKnown && super.store(stored, next);
        }
    }
}
