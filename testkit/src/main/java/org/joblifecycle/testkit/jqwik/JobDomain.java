package org.joblifecycle.testkit.jqwik;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Seq;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.SampleReportingFormat;
import net.jqwik.api.domains.DomainContextBase;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.RpcStatus;
import org.joblifecycle.testkit.History;
import org.joblifecycle.testkit.JobPath;
import org.joblifecycle.testkit.Mutant;
import org.joblifecycle.testkit.PollLog;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;

/**
 * The arbitraries of {@link JobArbitraries} for {@code @ForAll} without more ado: {@link JobLifecycle}, {@link History},
 * {@link Mutant}, {@link PollLog}, {@link JobPath}, {@code Seq<JobEvent>}, {@link JobSnapshot} (legal when looked at alone)
 * and {@link RpcStatus} (of failed jobs).
 *
 * <pre>{@code
 * @Property
 * @Domain(JobDomain.class)
 * void mySchedulerRefuses(@ForAll Mutant mutant) { ... }
 * }</pre>
 *
 * <p>As it is, it draws from every kind and mode. A class of one's own narrows it to one lifecycle:
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
     */
    public JobDomain(JobLifecycle... lifecycles) {
        this.lifecycles = Arbitraries.of(requireNonNull(lifecycles, "lifecycles"));
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

    /** Of an authority's lifecycle there is no log: that of an observer of the same kind is taken. */
    @Provide
    Arbitrary<PollLog> pollLogs() {
        return lifecycles
                .map(lifecycle ->
                        lifecycle.mode() == Mode.OBSERVER ? lifecycle : JobLifecycle.observer(lifecycle.kind()))
                .flatMap(lifecycle -> arbitraries(lifecycle).pollLogs());
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
    Arbitrary<JobSnapshot> jobs() {
        return lifecycles.flatMap(lifecycle -> arbitraries(lifecycle).jobs());
    }

    @Provide
    Arbitrary<RpcStatus> errors() {
        return JobArbitraries.errors();
    }

    /** A mutant that falsified a property is reported with its looks. */
    @Override
    public Collection<SampleReportingFormat> getReportingFormats() {
        return List.of(new SampleReportingFormat() {
            @Override
            public boolean appliesTo(Object value) {
                return value instanceof Mutant;
            }

            @Override
            public Object report(Object value) {
                return ((Mutant) value).looks().asJava();
            }

            @Override
            public Optional<String> label(Object value) {
                return Optional.of(value + " ");
            }
        });
    }
}
