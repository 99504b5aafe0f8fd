package org.joblifecycle.boot;

import static java.util.Objects.requireNonNull;

import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Rule;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.convert.converter.Converter;

/** The {@link JobLifecycle} of the properties, and states and events as parameters of requests. */
@AutoConfiguration
@EnableConfigurationProperties(JobLifecycleProperties.class)
public class JobLifecycleAutoConfiguration {
    /** For the container. */
    public JobLifecycleAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("job-lifecycle.kind")
    JobLifecycle jobLifecycle(JobLifecycleProperties properties) {
        return properties.lifecycle(requireNonNull(properties.kind()));
    }

    // No lambdas: Spring finds out by the classes what they convert.

    /** For the properties too: Boot's own tells no rules where one of several does not exist. */
    @Bean
    @ConfigurationPropertiesBinding
    static Converter<String, Rule> jobRuleConverter() {
        return new Converter<>() {
            @Override
            public Rule convert(String text) {
                return Wire.rule(text);
            }
        };
    }

    @Bean
    Converter<String, JobState> jobStateConverter() {
        return new Converter<>() {
            @Override
            public JobState convert(String text) {
                return Wire.state(text);
            }
        };
    }

    @Bean
    Converter<String, JobEvent> jobEventConverter() {
        return new Converter<>() {
            @Override
            public JobEvent convert(String text) {
                return Wire.event(text);
            }
        };
    }
}
