package com.example.jobs;

import org.joblifecycle.boot.JobEndedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Hears of jobs that ended, after the commit. */
@Component
class EndedJobs {
    private static final Logger LOG = LoggerFactory.getLogger(EndedJobs.class);

    @TransactionalEventListener
    void on(JobEndedEvent event) {
        LOG.info("{} is {}", event.job().name(), event.job().job().state());
    }
}
