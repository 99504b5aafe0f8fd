package com.example;

import org.joblifecycle.job.JobKind;
import org.joblifecycle.transition.JobLifecycle;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

@SpringBootApplication
public class Main {
    public static void main(String[] args) {
        try (ConfigurableApplicationContext context =
                SpringApplication.run(Main.class, "--job-lifecycle.kind=custom-job")) {
            JobLifecycle lifecycle = context.getBean(JobLifecycle.class);
            if (lifecycle != JobLifecycle.authority(JobKind.CUSTOM_JOB)) {
                throw new IllegalStateException("the lifecycle is the " + lifecycle);
            }
            if (!args[0].equals(SpringBootVersion.getVersion())) {
                throw new IllegalStateException("this is Spring Boot " + SpringBootVersion.getVersion());
            }
        }
    }
}
