package org.joblifecycle.boot;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumMap;
import java.util.Map;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.metrics.JobLifecycleMetrics;
import org.joblifecycle.metrics.MeteredLifecycle;
import org.joblifecycle.store.JobStore;
import org.joblifecycle.store.StoreOutcome;
import org.joblifecycle.transition.JobLifecycle;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Meters of the lifecycle and of what the store refuses and commits, which Boot binds to its registries. */
@AutoConfiguration(after = {JobLifecycleAutoConfiguration.class, JobStoreAutoConfiguration.class})
@ConditionalOnClass({MeterBinder.class, JobLifecycleMetrics.class})
public class JobLifecycleMetricsAutoConfiguration {
    /** For the container. */
    public JobLifecycleMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    JobLifecycleMetrics jobLifecycleMetrics() {
        return new JobLifecycleMetrics();
    }

    // Not lazy, and neither is the other: all series are there before somebody asks for a lifecycle.
    @Bean
    @Lazy(false)
    @ConditionalOnSingleCandidate(JobLifecycle.class)
    @ConditionalOnMissingBean
    MeteredLifecycle jobLifecycleMetered(JobLifecycleMetrics metrics, JobLifecycle lifecycle) {
        return metrics.meter(lifecycle);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JobStore.class)
    static class Store {
        @Bean
        @Lazy(false)
        @ConditionalOnBean(Lifecycles.class)
        StoreListener jobLifecycleMeteredStore(JobLifecycleMetrics metrics, Lifecycles lifecycles) {
            return new MeteredStore(metrics, lifecycles);
        }
    }

    /** Counts what a store answers. */
    private static final class MeteredStore implements StoreListener {
        private final Lifecycles lifecycles;
        private final Map<JobKind, MeteredLifecycle> metered = new EnumMap<>(JobKind.class);

        /** All series are there before the first job. */
        MeteredStore(JobLifecycleMetrics metrics, Lifecycles lifecycles) {
            this.lifecycles = lifecycles;
            lifecycles.all().forEach(each -> metered.put(each.kind(), metrics.meter(each)));
        }

        private MeteredLifecycle metered(String name) {
            return requireNonNull(metered.get(lifecycles.of(name).kind()));
        }

        @Override
        public void done(StoreOutcome.Done done) {
            metered(done.after().name()).record(done.change(), done.after().job());
        }

        @Override
        public void refused(String name, StoreOutcome.Refused refused, @Nullable JobSnapshot proposed) {
            MeteredLifecycle metered = metered(name);
            if (proposed == null) {
                metered.recordRefusal(refused.violations());
            } else if (refused.current() == null) {
                metered.record(metered.lifecycle().checkNew(proposed));
            } else {
                metered.record(metered.lifecycle().check(refused.current().job(), proposed));
            }
        }
    }
}
