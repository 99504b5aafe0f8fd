package org.joblifecycle.boot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The modules for Jackson 2, of Spring Boot 3.5, and for Jackson 3, of Spring Boot 4: Boot adds each to its mappers. */
@AutoConfiguration
@EnableConfigurationProperties(JobLifecycleProperties.class)
public class JobLifecycleJacksonAutoConfiguration {
    /** For the container. */
    public JobLifecycleJacksonAutoConfiguration() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(com.fasterxml.jackson.databind.Module.class)
    static class Jackson2 {
        @Bean
        @ConditionalOnMissingBean
        JobLifecycleJackson2Module jobLifecycleJackson2Module(JobLifecycleProperties properties) {
            return new JobLifecycleJackson2Module(properties.fallback());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(tools.jackson.databind.JacksonModule.class)
    static class Jackson3 {
        @Bean
        @ConditionalOnMissingBean
        JobLifecycleJackson3Module jobLifecycleJackson3Module(JobLifecycleProperties properties) {
            return new JobLifecycleJackson3Module(properties.fallback());
        }
    }
}
