package org.joblifecycle.docs.guide;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.spring.JobStateMachine;
import org.joblifecycle.spring.JobStateMachineConfigurerAdapter;
import org.joblifecycle.spring.JobStateMachinePersist;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.statemachine.StateMachineException;
import org.springframework.statemachine.config.EnableStateMachineFactory;
import org.springframework.statemachine.config.StateMachineFactory;
import org.springframework.statemachine.config.builders.StateMachineConfigurationConfigurer;
import org.springframework.stereotype.Component;

/** The scheduler of the page on Spring. An interface, so that the classes in it are static without saying so. */
interface SpringScheduler {
    // guide: spring-configuration
    @Configuration
    @EnableStateMachineFactory
    class CustomJobMachines extends JobStateMachineConfigurerAdapter {
        private final JobStore store;

        CustomJobMachines(JobStore store) {
            super(JobLifecycle.authority(JobKind.CUSTOM_JOB));
            this.store = store;
        }

        @Override
        public void configure(StateMachineConfigurationConfigurer<JobState, JobEvent> config) throws Exception {
            config.withPersistence().runtimePersister(store);
        }
    }
    // end

    // guide: spring-store
    @Component
    class JobStore implements JobStateMachinePersist {
        private final ConcurrentMap<String, JobSnapshot> rows = new ConcurrentHashMap<>(); // stands for a table

        @Override
        public @Nullable JobSnapshot find(String name) {
            return rows.get(name);
        }

        @Override
        public void store(String name, @Nullable JobSnapshot known, JobSnapshot job) {
            boolean isNew = known != null && known.state() == JobState.UNSPECIFIED;
            boolean isDone =
                    (isNew && rows.putIfAbsent(name, job) == null) || (known != null && rows.replace(name, known, job));
            if (!isDone) {
                throw new OptimisticLockingFailureException(name + " is not stored as " + known);
            }
        }
    }
    // end

    // guide: spring-scheduler
    record Update(
            String name,
            JobEvent event,
            Instant at,
            @Nullable JobError error) {}

    @Component
    class Scheduler {
        private final ConcurrentMap<String, JobStateMachine> machines = new ConcurrentHashMap<>();
        private final StateMachineFactory<JobState, JobEvent> factory;
        private final JobStore store;

        Scheduler(StateMachineFactory<JobState, JobEvent> factory, JobStore store) {
            this.factory = factory;
            this.store = store;
        }

        Validation<Seq<Violation>, JobSnapshot> submit(String name, Instant now) {
            JobSnapshot job = JobSnapshot.of(name, JobState.UNSPECIFIED);
            return JobStateMachine.at(factory, job).fire(JobEvent.ENQUEUE, now);
        }

        Validation<Seq<Violation>, JobSnapshot> receive(Update update) {
            while (true) {
                JobStateMachine machine = machines.computeIfAbsent(update.name(), this::restore);
                try {
                    Validation<Seq<Violation>, JobSnapshot> answer =
                            machine.fire(update.event(), update.at(), update.error());
                    if (machine.snapshot().state().isTerminal()) {
                        machines.remove(update.name(), machine);
                    }
                    return answer;
                } catch (StateMachineException e) {
                    machines.remove(update.name(), machine);
                    if (!(e.getCause() instanceof OptimisticLockingFailureException)) {
                        throw e;
                    }
                    // Somebody else was first: decide again, on what is stored now.
                }
            }
        }

        private JobStateMachine restore(String name) {
            JobSnapshot job = store.find(name);
            if (job == null) {
                throw new NoSuchElementException("there is no job " + name);
            }
            return JobStateMachine.at(factory, job);
        }
    }
    // end
}
