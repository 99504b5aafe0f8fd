package org.joblifecycle.docs.guide;

import static java.time.temporal.ChronoUnit.MICROS;
import static org.joblifecycle.testkit.Capability.COMPARE_AND_SET;
import static org.joblifecycle.testkit.Capability.CONCURRENT;
import static org.joblifecycle.testkit.Capability.EVENT_DRIVEN;
import static org.joblifecycle.testkit.Capability.GIVEN_ERROR;
import static org.joblifecycle.testkit.Capability.GIVEN_TIME;
import static org.joblifecycle.testkit.Capability.KEEPS_TUNING_JOBS;
import static org.joblifecycle.testkit.Capability.KEEPS_UNKNOWN_FIELDS;
import static org.joblifecycle.testkit.Capability.NAMES_BROKEN_RULE;
import static org.joblifecycle.testkit.Capability.UPDATE_DRIVEN;
import static org.joblifecycle.testkit.MirrorCapability.NOTIFIES;
import static org.joblifecycle.testkit.MirrorCapability.WARNS;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.joblifecycle.docs.guide.EmulatorTest.Emulator;
import org.joblifecycle.docs.guide.PollerTest.Poller;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.testkit.Answer;
import org.joblifecycle.testkit.Capability;
import org.joblifecycle.testkit.JobSystem;
import org.joblifecycle.testkit.MirrorCapability;
import org.joblifecycle.testkit.MirrorSystem;
import org.joblifecycle.testkit.junit.ConformanceTest;
import org.joblifecycle.testkit.junit.MirrorTest;
import org.joblifecycle.transition.Finding;
import org.joblifecycle.transition.IllegalUpdateException;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.tuning.SupervisedTuningSpec;
import org.joblifecycle.tuning.TuningJob;
import org.joblifecycle.tuning.rule.TuningJobLifecycle;
import org.jspecify.annotations.Nullable;

/** What the page on the test kit tests. An interface, so that the classes in it are static without saying so. */
interface TestedSystems {
    // guide: store
    class Store {
        static final JobLifecycle OWNER = JobLifecycle.authority(JobKind.CUSTOM_JOB);

        final Map<String, JobSnapshot> jobs = new HashMap<>();

        synchronized JobSnapshot submit(String name, Instant now) {
            JobSnapshot job = JobSnapshot.of(name, JobState.UNSPECIFIED);
            JobSnapshot queued = OWNER.applyOrThrow(job, JobEvent.ENQUEUE, now);
            if (jobs.putIfAbsent(name, queued) != null) {
                throw new IllegalArgumentException("there is a job " + name + " already");
            }
            return queued;
        }

        synchronized Optional<JobSnapshot> find(String name) {
            return Optional.ofNullable(jobs.get(name));
        }

        /** Empty if that is not the stored job: nobody submitted it, or another update was first. */
        synchronized Optional<Verdict> update(JobSnapshot known, JobSnapshot proposed) {
            if (!known.equals(jobs.get(known.name()))) {
                return Optional.empty();
            }
            Verdict verdict = OWNER.check(known, proposed); // compares the names too
            if (verdict.isLegal()) {
                jobs.put(known.name(), proposed);
            }
            return Optional.of(verdict);
        }
    }
    // end

    // guide: store-adapter
    class StoreAdapter implements JobSystem {
        final Store store = new Store();

        @Override
        public Set<Capability> capabilities() {
            return EnumSet.of(UPDATE_DRIVEN, COMPARE_AND_SET, NAMES_BROKEN_RULE, CONCURRENT);
        }

        @Override
        public JobSnapshot submit(String name, Instant now) {
            return store.submit(name, now);
        }

        @Override
        public @Nullable JobSnapshot read(String name) {
            return store.find(name).orElse(null);
        }

        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) {
            return store.update(known, proposed).map(Answer::of).orElse(Answer.refused());
        }
    }
    // end

    // guide: store-conformance
    class StoreConformanceTest extends ConformanceTest {
        @Override
        protected JobLifecycle lifecycle() {
            return JobLifecycle.authority(JobKind.CUSTOM_JOB);
        }

        @Override
        protected JobSystem system() {
            return new StoreAdapter();
        }
    }
    // end

    // guide: mirror-adapter
    class PollerAdapter implements MirrorSystem {
        final Poller poller = new Poller(JobLifecycle.observer(JobKind.TUNING_JOB));

        @Override
        public Set<MirrorCapability> capabilities() {
            return EnumSet.of(WARNS, NOTIFIES);
        }

        @Override
        public Set<Rule> observe(String name, JobSnapshot observed) {
            int logged = poller.warnings().size();
            poller.observe(name, observed);
            return poller.warnings().stream()
                    .skip(logged)
                    .map(line -> Rule.of(line.substring("WARNING ".length(), line.indexOf(':')))
                            .get())
                    .collect(Collectors.toSet());
        }

        @Override
        public @Nullable JobSnapshot read(String name) {
            return poller.find(name).orElse(null);
        }

        @Override
        public List<JobState> notices(String name) {
            return poller.notices(name);
        }
    }
    // end

    // guide: mirror-test
    class PollerMirrorTest extends MirrorTest {
        @Override
        protected JobLifecycle lifecycle() {
            return JobLifecycle.observer(JobKind.TUNING_JOB);
        }

        @Override
        protected MirrorSystem mirror() {
            return new PollerAdapter();
        }
    }
    // end

    /** A poller that shows what it observed last, and not the baseline that the audit answers. */
    class ShowsTheLastAnswer extends PollerAdapter {
        final Map<String, JobSnapshot> answers = new HashMap<>();

        @Override
        public Set<Rule> observe(String name, JobSnapshot observed) {
            answers.put(name, observed);
            return super.observe(name, observed);
        }

        @Override
        public @Nullable JobSnapshot read(String name) {
            return answers.get(name);
        }
    }

    class EmulatorAdapter implements JobSystem {
        private final Emulator emulator = new Emulator(Clock.fixed(Jobs.NOON, ZoneOffset.UTC));

        // guide: emulator-adapter
        @Override
        public Set<Capability> capabilities() {
            return EnumSet.of(EVENT_DRIVEN, GIVEN_ERROR, CONCURRENT);
        }

        @Override
        public JobSnapshot submit(String name, Instant now) {
            return emulator.create(name);
        }

        @Override
        public @Nullable JobSnapshot read(String name) {
            return emulator.find(name).orElse(null);
        }

        @Override
        public Answer fire(JobSnapshot known, JobEvent event, Instant now, @Nullable JobError error) {
            try {
                emulator.fire(known.name(), event, error);
                return Answer.accepted();
            } catch (IllegalUpdateException | NoSuchElementException e) {
                return Answer.refused();
            }
        }
        // end
    }

    /** Keeps whole tuning jobs. */
    class TuningService {
        private final TuningJobLifecycle owner = TuningJobLifecycle.authority();
        private final Map<String, TuningJob> jobs = new HashMap<>();

        TuningJob create(String name, TuningJob request, Instant now) {
            TuningJob job = request.with(TuningJob.NAME, name).withState(JobState.UNSPECIFIED);
            TuningJob pending = owner.applyOrThrow(job, JobEvent.PREPARE, now);
            if (jobs.putIfAbsent(name, pending) != null) {
                throw new IllegalArgumentException("there is a job " + name + " already");
            }
            return pending;
        }

        Optional<TuningJob> find(String name) {
            return Optional.ofNullable(jobs.get(name));
        }

        Validation<Seq<Finding>, TuningJob> fire(TuningJob job, JobEvent event, Instant now, @Nullable JobError error) {
            Validation<Seq<Finding>, TuningJob> next = owner.apply(job, event, now, error);
            next.forEach(changed -> jobs.put(changed.name(), changed));
            return next;
        }
    }

    class TuningServiceAdapter implements JobSystem {
        private static final TuningJob REQUEST =
                TuningJob.of("gemini-2.5-flash", SupervisedTuningSpec.of("gs://bucket/train.jsonl"));

        private final TuningService service = new TuningService();

        // guide: tuning-service-adapter
        @Override
        public Set<Capability> capabilities() {
            return EnumSet.of(
                    EVENT_DRIVEN, NAMES_BROKEN_RULE, GIVEN_TIME, GIVEN_ERROR, KEEPS_TUNING_JOBS, KEEPS_UNKNOWN_FIELDS);
        }

        @Override
        public TuningJob submit(String name, TuningJob request, Instant now) {
            return service.create(name, request, now);
        }

        @Override
        public JobSnapshot submit(String name, Instant now) {
            return submit(name, REQUEST, now).snapshot().get();
        }

        @Override
        public @Nullable TuningJob readTuningJob(String name) {
            return service.find(name).orElse(null);
        }

        @Override
        public @Nullable JobSnapshot read(String name) {
            return service.find(name).map(job -> job.snapshot().get()).orElse(null);
        }

        @Override
        public Answer fire(JobSnapshot known, JobEvent event, Instant now, @Nullable JobError error) {
            return service.find(known.name())
                    .map(job -> Answer.of(service.fire(job, event, now, error))) // findings name rules, or fields
                    .orElse(Answer.refused());
        }
        // end
    }

    /** Answers 200 to whoever cancels a job that is being cancelled, or has ended, as many APIs do. */
    class Api {
        private final Emulator emulator = new Emulator(Clock.fixed(Jobs.NOON, ZoneOffset.UTC));

        int post(String name, JobEvent event) {
            Optional<JobSnapshot> job = emulator.find(name);
            if (job.isEmpty()) {
                return 404;
            }
            JobState state = job.get().state();
            boolean isNeeded = state != JobState.CANCELLING && !state.isTerminal();
            try {
                if (event != JobEvent.CANCEL || isNeeded) {
                    emulator.fire(name, event, null);
                }
                return 200;
            } catch (IllegalUpdateException e) {
                return 409;
            }
        }
    }

    class ApiAdapter implements JobSystem {
        private final Api api = new Api();

        @Override
        public Set<Capability> capabilities() {
            return EnumSet.of(EVENT_DRIVEN);
        }

        @Override
        public JobSnapshot submit(String name, Instant now) {
            return api.emulator.create(name);
        }

        @Override
        public @Nullable JobSnapshot read(String name) {
            return api.emulator.find(name).orElse(null);
        }

        // guide: api-adapter
        @Override
        public Answer fire(JobSnapshot known, JobEvent event, Instant now, @Nullable JobError error) {
            JobSnapshot before = read(known.name());
            int status = api.post(known.name(), event);
            boolean happened = status == 200 && !Objects.equals(before, read(known.name()));
            return happened ? Answer.accepted() : Answer.refused();
        }
        // end
    }

    // guide: emulator-conformance
    class EmulatorConformanceTest extends ConformanceTest {
        @Override
        protected JobLifecycle lifecycle() {
            return JobLifecycle.authority(JobKind.TUNING_JOB);
        }

        @Override
        protected JobSystem system() {
            return new EmulatorAdapter();
        }

        @Override
        protected int programs() {
            return 5000;
        }
    }
    // end

    /** A store that sets startTime whenever a job begins to run, also if it ran before. */
    class StartsAnew extends StoreAdapter {
        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) {
            Answer answer = super.offer(known, proposed);
            store.jobs.computeIfPresent(
                    known.name(),
                    (name, job) -> answer.isAccepted() && job.state() == JobState.RUNNING
                            ? job.withStartTime(job.updateTime())
                            : job);
            return answer;
        }
    }

    /** A store that keeps microseconds. */
    class Database extends StoreAdapter {
        @Override
        public JobSnapshot submit(String name, Instant now) {
            synchronized (store) { // what is written and cut is one step to the others
                super.submit(name, now);
                return cut(name);
            }
        }

        @Override
        public Answer offer(JobSnapshot known, JobSnapshot proposed) {
            synchronized (store) {
                Answer answer = super.offer(known, proposed);
                cut(known.name());
                return answer;
            }
        }

        private JobSnapshot cut(String name) {
            return store.jobs.computeIfPresent(name, (key, stored) -> stored.truncatedTo(MICROS));
        }
    }
}
