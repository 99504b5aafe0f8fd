package org.joblifecycle.boot;

import org.joblifecycle.store.JobStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Problem details, in servlet applications. */
@AutoConfiguration
@ConditionalOnClass(RestControllerAdvice.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(name = "job-lifecycle.problem-details.enabled", matchIfMissing = true)
@EnableConfigurationProperties(JobLifecycleProperties.class)
public class JobLifecycleWebAutoConfiguration {
    /** For the container. */
    public JobLifecycleWebAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    JobProblemAdvice jobProblemAdvice() {
        return new JobProblemAdvice();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JobStore.class)
    static class Store {
        @Bean
        @ConditionalOnMissingBean
        JobStoreProblemAdvice jobStoreProblemAdvice(JobLifecycleProperties properties) {
            return new JobStoreProblemAdvice(properties);
        }
    }
}
