package com.example.jobs;

import org.joblifecycle.job.JobKind;
import org.joblifecycle.testkit.JobSystem;
import org.joblifecycle.testkit.junit.ConformanceTest;
import org.joblifecycle.transition.JobLifecycle;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

/** The whole application against the lifecycle, over HTTP. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.datasource.url=jdbc:h2:mem:conformance", "logging.level.root=warn"})
class JobsConformanceTest extends ConformanceTest {
    @Value("${local.server.port}")
    private int port;

    @Override
    protected JobLifecycle lifecycle() {
        return JobLifecycle.authority(JobKind.CUSTOM_JOB);
    }

    @Override
    protected JobSystem system() {
        return new HttpJobs(port);
    }

    /** Enough for an application that hands all of it to the store. */
    @Override
    protected int programs() {
        return 100;
    }
}
