package org.joblifecycle.testkit.jqwik;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Seq;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.SampleReportingFormat;
import net.jqwik.api.domains.DomainContextBase;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.testkit.History;
import org.joblifecycle.testkit.JobPath;
import org.joblifecycle.testkit.Mutant;
import org.joblifecycle.testkit.PollLog;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.tuning.TuningJob;

/**
 * The arbitraries of {@link JobArbitraries} as a domain for {@code @ForAll}: {@link JobLifecycle}, {@link History}, {@link
 * Mutant}, {@link PollLog}, {@link JobPath}, {@code Seq<JobEvent>}, {@link JobSnapshot} and {@link TuningJob} (legal when
 * checked alone, or any if they are annotated with {@link AnyJob}), {@link JobError} (of failed jobs), {@link Instant}, and text
 * that is annotated with {@link JobName}.
 *
 * <pre>{@code
 * @Property
 * @Domain(JobDomain.class)
 * void mySchedulerRefuses(@ForAll Mutant mutant) { ... }
 * }</pre>
 *
 * <p>A domain replaces jqwik's own types. A property that needs those too, such as an {@code int}, gets
 * {@code @Domain(DomainContext.Global.class)} as well.
 *
 * <p>It draws from every kind and mode. A subclass narrows it to some lifecycles:
 *
 * <pre>{@code
 * class CustomJobs extends JobDomain {
 *     CustomJobs() {
 *         super(JobLifecycle.authority(JobKind.CUSTOM_JOB));
 *     }
 * }
 * }</pre>
 */
public class JobDomain extends DomainContextBase {
    private final Arbitrary<JobLifecycle> lifecycles;
    private final Map<JobLifecycle, JobArbitraries> arbitraries = new ConcurrentHashMap<>();

    /** Every kind in every mode. */
    public JobDomain() {
        this.lifecycles = JobArbitraries.lifecycles();
    }

    /**
     * Some lifecycles.
     *
     * @param lifecycles at least one
     * @throws IllegalArgumentException if there are none
     */
    public JobDomain(JobLifecycle... lifecycles) {
        if (requireNonNull(lifecycles, "lifecycles").length == 0) {
            throw new IllegalArgumentException("no lifecycles: expected at least one");
        }
        for (JobLifecycle lifecycle : lifecycles) {
            requireNonNull(lifecycle, "lifecycle");
        }
        this.lifecycles = Arbitraries.of(lifecycles);
    }

    private JobArbitraries arbitraries(JobLifecycle lifecycle) {
        return arbitraries.computeIfAbsent(lifecycle, JobArbitraries::of);
    }

    @Provide
    Arbitrary<JobLifecycle> lifecycles() {
        return lifecycles;
    }

    @Provide
    Arbitrary<History> histories() {
        return lifecycles.flatMap(lifecycle -> arbitraries(lifecycle).histories());
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return lifecycles.flatMap(lifecycle -> arbitraries(lifecycle).mutants());
    }

    /** Logs of observers; for an authority, those of an observer of its jobs. */
    @Provide
    Arbitrary<PollLog> pollLogs() {
        return lifecycles.flatMap(lifecycle -> arbitraries(lifecycle).pollLogs());
    }

    @Provide
    Arbitrary<JobPath> paths() {
        return lifecycles.flatMap(lifecycle -> arbitraries(lifecycle).paths());
    }

    @Provide
    Arbitrary<Seq<JobEvent>> events() {
        return lifecycles.flatMap(lifecycle -> arbitraries(lifecycle).events());
    }

    @Provide
    Arbitrary<JobSnapshot> jobs(TypeUsage type) {
        return type.isAnnotated(AnyJob.class)
                ? JobArbitraries.anyJobs(names(), times(), JobArbitraries.anyErrors())
                : lifecycles.flatMap(lifecycle -> arbitraries(lifecycle).jobs());
    }

    @Provide
    Arbitrary<TuningJob> tuningJobs(TypeUsage type) {
        if (type.isAnnotated(AnyJob.class)) {
            return JobArbitraries.anyTuningJobs();
        }
        return lifecycles
                .map(lifecycle -> lifecycle.mode() == Mode.OBSERVER
                        ? JobLifecycle.observer(JobKind.TUNING_JOB)
                        : JobLifecycle.authority(JobKind.TUNING_JOB))
                .flatMap(lifecycle -> arbitraries(lifecycle).tuningJobs());
    }

    @Provide
    Arbitrary<JobError> errors() {
        return JobArbitraries.errors();
    }

    @Provide
    Arbitrary<Instant> times() {
        return JobArbitraries.times();
    }

    private Arbitrary<String> names() {
        return JobArbitraries.names(lifecycles.map(JobLifecycle::kind));
    }

    /** Draws names for text that is annotated with {@link JobName}, and no other text. */
    class Names implements ArbitraryProvider {
        @Override
        public boolean canProvideFor(TypeUsage type) {
            return type.isOfType(String.class) && type.isAnnotated(JobName.class);
        }

        @Override
        public Set<Arbitrary<?>> provideFor(TypeUsage type, SubtypeProvider subtypes) {
            return Set.of(names());
        }

        @Override
        public int priority() {
            return 1; // before any text
        }
    }

    /** A mutant that falsified a property is reported with its snapshots. */
    @Override
    public Collection<SampleReportingFormat> getReportingFormats() {
        return List.of(new SampleReportingFormat() {
            @Override
            public boolean appliesTo(Object value) {
                return value instanceof Mutant;
            }

            @Override
            public Object report(Object value) {
                return ((Mutant) value).snapshots().asJava();
            }

            @Override
            public Optional<String> label(Object value) {
                return Optional.of(value + " ");
            }
        });
    }
}
