package org.joblifecycle.boot;

import static java.util.Objects.requireNonNull;

import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Rule;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** The {@link JobLifecycle} of the properties, and states and events as parameters of requests. */
@AutoConfiguration
@EnableConfigurationProperties(JobLifecycleProperties.class)
public class JobLifecycleAutoConfiguration {
    /** For the container. */
    public JobLifecycleAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @Conditional(HasKind.class)
    JobLifecycle jobLifecycle(JobLifecycleProperties properties) {
        return properties.lifecycle(requireNonNull(properties.kind()));
    }

    /** An empty kind, such as that of an environment variable without a value, is none. */
    static final class HasKind implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty("job-lifecycle.kind"));
        }
    }

    // No lambdas: Spring finds out by the classes what they convert. An empty parameter is none, as for other enums.

    /** For the properties too: Boot's own tells no rules where one of several does not exist. */
    @Bean
    @ConfigurationPropertiesBinding
    static Converter<String, Rule> jobLifecycleRuleConverter() {
        return new Converter<>() {
            @Override
            public Rule convert(String text) {
                return Wire.rule(text);
            }
        };
    }

    @Bean
    Converter<String, JobState> jobLifecycleStateConverter() {
        return new Converter<>() {
            @Override
            public @Nullable JobState convert(String text) {
                return text.isEmpty() ? null : Wire.state(text);
            }
        };
    }

    @Bean
    Converter<String, JobEvent> jobLifecycleEventConverter() {
        return new Converter<>() {
            @Override
            public @Nullable JobEvent convert(String text) {
                return text.isEmpty() ? null : Wire.event(text);
            }
        };
    }
}
