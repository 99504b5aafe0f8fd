package org.joblifecycle.boot;

import java.util.stream.Stream;
import org.joblifecycle.transition.JobLifecycle;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The endpoint of the actuator. */
@AutoConfiguration(after = {JobLifecycleAutoConfiguration.class, JobStoreAutoConfiguration.class})
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
public class JobLifecycleEndpointAutoConfiguration {
    /** For the container. */
    public JobLifecycleEndpointAutoConfiguration() {}

    /** A class of its own: without the actuator the condition itself is missing, and its outcome cannot be asked for. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAvailableEndpoint(endpoint = JobLifecycleEndpoint.class)
    static class Available {
        @Bean
        @ConditionalOnMissingBean
        JobLifecycleEndpoint jobLifecycleEndpoint(
                ObjectProvider<JobLifecycle> lifecycles, ObjectProvider<Lifecycles> stored) {
            Stream<JobLifecycle> ofStore = stored.stream().flatMap(each -> each.all().stream());
            return new JobLifecycleEndpoint(Stream.concat(lifecycles.orderedStream(), ofStore)
                    .distinct()
                    .toList());
        }
    }
}
