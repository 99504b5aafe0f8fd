package org.joblifecycle.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.Message;
import org.springframework.statemachine.StateContext;
import org.springframework.statemachine.annotation.OnExtendedStateChanged;
import org.springframework.statemachine.annotation.OnStateChanged;
import org.springframework.statemachine.annotation.WithStateMachine;
import org.springframework.statemachine.config.EnableStateMachineFactory;
import org.springframework.statemachine.config.StateMachineFactory;
import org.springframework.statemachine.config.builders.StateMachineConfigurationConfigurer;
import org.springframework.statemachine.event.OnEventNotAcceptedEvent;
import org.springframework.statemachine.event.OnStateChangedEvent;
import org.springframework.statemachine.event.OnStateEntryEvent;
import org.springframework.statemachine.listener.StateMachineListenerAdapter;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Machines in a plain Spring context. */
@SpringJUnitConfig(ContextTest.Application.class)
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_EACH_TEST_METHOD)
class ContextTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final String NAME = "projects/p/locations/l/customJobs/1";

    @Configuration
    @Import({CustomJobs.class, LabelingJobs.class})
    static class Application {
        @Bean
        Seen seen() {
            return new Seen();
        }

        @Bean
        Annotated annotated() {
            return new Annotated();
        }
    }

    @Configuration
    @EnableStateMachineFactory(name = "customJobs")
    static class CustomJobs extends JobStateMachineConfigurerAdapter {
        @Autowired
        private Seen seen;

        CustomJobs() {
            super(JobLifecycle.authority(JobKind.CUSTOM_JOB));
        }

        @Override
        public void configure(StateMachineConfigurationConfigurer<JobState, JobEvent> config) throws Exception {
            config.withConfiguration().listener(new StateMachineListenerAdapter<>() {
                @Override
                public void eventNotAccepted(Message<JobEvent> event) {
                    seen.listener.add("not accepted: " + event.getPayload());
                }

                @Override
                public void extendedStateChanged(Object key, Object value) {
                    if (value instanceof Refusal refusal) {
                        seen.listener.add(refusal.violations().mkString());
                    }
                }
            });
        }
    }

    @Configuration
    @EnableStateMachineFactory(name = "labelingJobs")
    static class LabelingJobs extends JobStateMachineConfigurerAdapter {
        LabelingJobs() {
            super(JobLifecycle.authority(JobKind.DATA_LABELING_JOB));
        }
    }

    /** What the context publishes, and what a configured listener hears. */
    static class Seen {
        final List<String> published = new ArrayList<>();
        final List<String> listener = new ArrayList<>();

        @EventListener
        void on(OnStateChangedEvent event) {
            published.add("changed to " + event.getTargetState().getId());
        }

        @EventListener
        void on(OnStateEntryEvent event) {
            published.add("entered " + event.getState().getId());
        }

        @EventListener
        void on(OnEventNotAcceptedEvent event) {
            published.add("not accepted " + event.getEvent().getPayload());
        }
    }

    /** Without an id it is for the machines of all jobs. Spring calls public methods only. */
    @WithStateMachine
    public static class Annotated {
        final List<Object> seen = new ArrayList<>();

        @OnStateChanged(target = "RUNNING")
        public void running(StateContext<JobState, JobEvent> context) {
            seen.add(context.getExtendedState()
                    .get(JobStateMachine.JOB, JobSnapshot.class)
                    .name());
        }

        @OnExtendedStateChanged(key = JobStateMachine.REFUSAL)
        public void refused(StateContext<JobState, JobEvent> context) {
            seen.add(context.getExtendedState()
                    .get(JobStateMachine.REFUSAL, Refusal.class)
                    .violations()
                    .mkString());
        }
    }

    @Autowired
    @Qualifier("customJobs")
    private StateMachineFactory<JobState, JobEvent> customJobs;

    @Autowired
    @Qualifier("labelingJobs")
    private StateMachineFactory<JobState, JobEvent> labelingJobs;

    @Autowired
    private Seen seen;

    @Autowired
    private Annotated annotated;

    @Test
    void aFactoryIsABeanForEachLifecycle() {
        assertSame(
                JobLifecycle.authority(JobKind.CUSTOM_JOB),
                JobStateMachine.of(customJobs.getStateMachine()).lifecycle());
        assertSame(
                JobLifecycle.authority(JobKind.DATA_LABELING_JOB),
                JobStateMachine.of(labelingJobs.getStateMachine()).lifecycle());
    }

    @Test
    void theContextPublishesChangesAndRefusals() {
        JobStateMachine machine = JobStateMachine.at(customJobs, JobSnapshot.of(NAME, JobState.UNSPECIFIED));

        machine.fire(JobEvent.ENQUEUE, NOW);
        machine.fire(JobEvent.PAUSE, NOW);

        assertEquals(List.of("entered QUEUED", "changed to QUEUED", "not accepted PAUSE"), seen.published);
    }

    @Test
    void aConfiguredListenerHearsRefusals() {
        JobStateMachine machine = JobStateMachine.at(customJobs, JobSnapshot.of(NAME, JobState.UNSPECIFIED));

        machine.fire(JobEvent.PAUSE, NOW);

        assertEquals(
                List.of(
                        "transition-illegal: cannot PAUSE from UNSPECIFIED: UNSPECIFIED permits ENQUEUE, PREPARE",
                        "not accepted: PAUSE"),
                seen.listener);
    }

    @Test
    void annotatedMethodsHearOfAllJobs() {
        JobStateMachine machine = JobStateMachine.at(customJobs, JobSnapshot.of(NAME, JobState.UNSPECIFIED));
        JobStateMachine other = JobStateMachine.at(labelingJobs, JobSnapshot.of("other", JobState.PENDING));

        machine.fire(JobEvent.ENQUEUE, NOW);
        machine.fire(JobEvent.PAUSE, NOW);
        machine.fire(JobEvent.START, NOW);
        other.fire(JobEvent.START, NOW);

        assertEquals(
                List.of(
                        "transition-illegal: cannot PAUSE from QUEUED: QUEUED permits PREPARE, START, CANCEL, FAIL, EXPIRE",
                        NAME,
                        "other"),
                annotated.seen);
    }

    @Test
    void theAnswersAreThoseOfTheLifecycle() {
        JobSnapshot job = JobSnapshot.of(NAME, JobState.UNSPECIFIED);
        JobStateMachine machine = JobStateMachine.at(customJobs, job);

        assertEquals(
                JobLifecycle.authority(JobKind.CUSTOM_JOB).apply(job, JobEvent.PREPARE, NOW),
                machine.fire(JobEvent.PREPARE, NOW));
        assertTrue(machine.fire(JobEvent.PREPARE, NOW).isInvalid());
    }
}
