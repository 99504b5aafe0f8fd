package org.joblifecycle.spring;

import static org.joblifecycle.spring.Machines.FACTORY;
import static org.joblifecycle.spring.Machines.OWNER;
import static org.joblifecycle.spring.Machines.after;
import static org.joblifecycle.spring.Machines.job;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.spring.Machines.Listener;
import org.joblifecycle.transition.JobEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.StateMachineException;
import org.springframework.statemachine.config.StateMachineFactory;
import org.springframework.statemachine.config.builders.StateMachineConfigurationConfigurer;
import org.springframework.statemachine.listener.StateMachineListenerAdapter;
import org.springframework.statemachine.persist.DefaultStateMachinePersister;
import org.springframework.statemachine.persist.StateMachinePersister;
import org.springframework.statemachine.service.DefaultStateMachineService;
import org.springframework.statemachine.state.State;
import org.springframework.statemachine.support.DefaultExtendedState;
import org.springframework.statemachine.support.DefaultStateMachineContext;

class PersistTest {
    private final Store store = new Store();
    private final StateMachineFactory<JobState, JobEvent> storing = new JobStateMachineConfigurerAdapter(OWNER) {
        @Override
        public void configure(StateMachineConfigurationConfigurer<JobState, JobEvent> config) throws Exception {
            config.withPersistence().runtimePersister(store);
        }
    }.createFactory();

    /** Compares what is known with what is stored, and refuses to replace anything else. */
    private static class Store implements JobStateMachinePersist {
        final Map<String, JobSnapshot> jobs = new HashMap<>();

        @Override
        public @Nullable JobSnapshot find(String name) {
            return jobs.get(name);
        }

        @Override
        public void store(String name, @Nullable JobSnapshot known, JobSnapshot job) throws IOException {
            if (known != null && jobs.containsKey(name) && !known.equals(jobs.get(name))) {
                throw new IOException("somebody else was first");
            }
            jobs.put(name, job);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPersisterStoresTheJobAndRestoresAMachineInEveryState(JobState state) throws Exception {
        StateMachinePersister<JobState, JobEvent, String> persister = new DefaultStateMachinePersister<>(store);
        JobSnapshot job = job(state);

        persister.persist(JobStateMachine.at(FACTORY, job).machine(), job.name());
        assertSame(job, store.find(job.name()));
        StateMachine<JobState, JobEvent> restored = persister.restore(FACTORY.getStateMachine(job.name()), job.name());

        assertGoesOn(job, restored);
    }

    @ParameterizedTest
    @EnumSource
    void aServiceAcquiresAMachineInEveryState(JobState state) {
        JobSnapshot job = job(state);
        store.jobs.put(job.name(), job);
        DefaultStateMachineService<JobState, JobEvent> service = new DefaultStateMachineService<>(FACTORY, store);

        assertGoesOn(job, service.acquireStateMachine(job.name()));
    }

    /** The machine takes one event that the job permits, and refuses all that it does not. */
    private static void assertGoesOn(JobSnapshot job, StateMachine<JobState, JobEvent> restored) {
        JobStateMachine machine = JobStateMachine.of(restored);
        assertEquals(job, machine.snapshot());
        assertEquals(job.state(), restored.getState().getId());
        assertEquals(job.name(), restored.getId());
        assertEquals(job.state().isTerminal(), restored.isComplete());
        for (JobEvent event : JobEvent.values()) {
            if (!OWNER.permittedEvents(job).contains(event)) {
                assertEquals(OWNER.apply(job, event, after(job)), machine.fire(event, after(job)));
            }
        }
        for (JobEvent event : OWNER.permittedEvents(job)) {
            assertEquals(OWNER.apply(job, event, after(job)), machine.fire(event, after(job)));
            return;
        }
    }

    @Test
    void aServiceBeginsAJobThatIsNotStored() {
        StateMachine<JobState, JobEvent> machine =
                new DefaultStateMachineService<>(storing, store).acquireStateMachine("tuningJobs/7");

        assertEquals(
                JobSnapshot.of("tuningJobs/7", JobState.UNSPECIFIED),
                JobStateMachine.of(machine).snapshot());
        assertEquals(Map.of(), store.jobs);
    }

    @Test
    void aJobThatIsNotStoredIsReadAsNull() throws Exception {
        assertNull(store.read("tuningJobs/7"));
    }

    @Test
    void aContextWithoutAJobIsNotStored() {
        assertEquals(
                "the context tuningJobs/7 has no JobSnapshot as \"job-lifecycle.job\" in its extended state: expected one",
                assertThrows(
                                IllegalStateException.class,
                                () -> store.write(
                                        new DefaultStateMachineContext<>(
                                                JobState.RUNNING,
                                                null,
                                                null,
                                                new DefaultExtendedState(),
                                                null,
                                                "tuningJobs/7"),
                                        "tuningJobs/7"))
                        .getMessage());
        assertEquals(Map.of(), store.jobs);
    }

    @Test
    void aJobIsStoredAndReadUnderItsKey() throws Exception {
        JobSnapshot nameless = job(JobState.RUNNING).withName(null);
        StateMachinePersister<JobState, JobEvent, String> persister = new DefaultStateMachinePersister<>(store);

        persister.persist(JobStateMachine.at(FACTORY, nameless).machine(), "row 7");
        StateMachine<JobState, JobEvent> restored = persister.restore(FACTORY.getStateMachine(), "row 7");

        assertEquals(Map.of("row 7", nameless), store.jobs);
        assertEquals("row 7", restored.getId());
        assertEquals(nameless, JobStateMachine.of(restored).snapshot());
    }

    @Test
    void aPersisterReplacesWhatWasStored() throws Exception {
        JobSnapshot job = job(JobState.RUNNING);
        store.jobs.put(job.name(), job(JobState.PAUSED));

        new DefaultStateMachinePersister<>(store)
                .persist(JobStateMachine.at(FACTORY, job).machine(), job.name());

        assertEquals(Map.of(job.name(), job), store.jobs);
    }

    @Test
    void aListenerCanStoreTheJobAtItsEnd() {
        JobSnapshot job = job(JobState.RUNNING);
        JobStateMachine machine = JobStateMachine.at(FACTORY, job);
        machine.machine().addStateListener(new StateMachineListenerAdapter<>() {
            @Override
            public void stateChanged(State<JobState, JobEvent> from, State<JobState, JobEvent> to) {
                assertDoesNotThrow(
                        () -> new DefaultStateMachinePersister<>(store).persist(machine.machine(), job.name()));
            }
        });

        JobSnapshot succeeded = machine.fire(JobEvent.SUCCEED, after(job)).get();

        assertEquals(Map.of(job.name(), succeeded), store.jobs);
    }

    @Test
    void aContextInAnotherStateThanItsJobIsNotStored() {
        DefaultExtendedState variables = new DefaultExtendedState(Map.of(JobStateMachine.JOB, job(JobState.PENDING)));
        assertEquals(
                "the context tuningJobs/7 is RUNNING, and the job in its extended state is PENDING: expected the same"
                        + " state",
                assertThrows(
                                IllegalStateException.class,
                                () -> store.write(
                                        new DefaultStateMachineContext<>(
                                                JobState.RUNNING, null, null, variables, null, "tuningJobs/7"),
                                        "tuningJobs/7"))
                        .getMessage());
        assertEquals(Map.of(), store.jobs);
    }

    // with runtimePersister, every change is stored

    @Test
    void aChangeIsStoredBeforeItHappens() {
        JobSnapshot job = job(JobState.PENDING);
        JobStateMachine machine = JobStateMachine.at(storing, job);

        JobSnapshot next = machine.fire(JobEvent.START, after(job)).get();

        assertEquals(Map.of(job.name(), next), store.jobs);
    }

    @Test
    void aRefusedEventIsNotStored() {
        JobSnapshot job = job(JobState.PENDING);
        JobStateMachine machine = JobStateMachine.at(storing, job);

        assertTrue(machine.fire(JobEvent.PAUSE, after(job)).isInvalid());
        assertTrue(machine.fire(JobEvent.START, job.updateTime().minusNanos(1)).isInvalid());

        assertEquals(Map.of(), store.jobs);
    }

    @Test
    void aStoreThatFailsIsTheCauseAndNothingHappens() {
        JobSnapshot job = job(JobState.PENDING);
        JobStateMachine machine = JobStateMachine.at(storing, job);
        Listener listener = new Listener(machine.machine());
        JobSnapshot other = OWNER.apply(job, JobEvent.CANCEL, after(job)).get();
        store.jobs.put(job.name(), other);

        StateMachineException e =
                assertThrows(StateMachineException.class, () -> machine.fire(JobEvent.START, after(job)));

        assertEquals("somebody else was first", e.getCause().getMessage());
        assertTrue(
                e.getMessage()
                        .endsWith("but the machine was then PENDING: java.io.IOException: somebody else was first"),
                e::getMessage);
        assertEquals(List.of(e.getCause()), listener.errors);
        assertEquals(job, machine.snapshot());
        assertEquals(JobState.PENDING, machine.machine().getState().getId());
        assertEquals(Map.of(job.name(), other), store.jobs);

        store.jobs.put(job.name(), job);
        assertEquals(
                JobState.RUNNING, machine.fire(JobEvent.START, after(job)).get().state());
    }

    @Test
    void aMachineGoesOnAfterAStoreThatFailedWithAnError() {
        List<Error> errors = new ArrayList<>(List.of(new NoClassDefFoundError("Driver")));
        StateMachineFactory<JobState, JobEvent> failing = new JobStateMachineConfigurerAdapter(OWNER) {
            @Override
            public void configure(StateMachineConfigurationConfigurer<JobState, JobEvent> config) throws Exception {
                config.withPersistence().runtimePersister(new Store() {
                    @Override
                    public void store(String name, @Nullable JobSnapshot known, JobSnapshot job) throws IOException {
                        if (!errors.isEmpty()) {
                            throw errors.remove(0);
                        }
                        super.store(name, known, job);
                    }
                });
            }
        }.createFactory();
        JobSnapshot job = job(JobState.PENDING);
        JobStateMachine machine = JobStateMachine.at(failing, job);

        StateMachineException e =
                assertThrows(StateMachineException.class, () -> machine.fire(JobEvent.START, after(job)));

        assertEquals("Driver", e.getCause().getCause().getMessage());
        assertSame(job, machine.snapshot());
        assertTrue(machine.fire(JobEvent.START, after(job)).isValid());
    }

    @Test
    void aChangeOfAJobWithoutANameCannotBeStored() {
        JobSnapshot job = job(JobState.PENDING).withName(null);
        JobStateMachine machine = JobStateMachine.at(storing, job);

        StateMachineException e =
                assertThrows(StateMachineException.class, () -> machine.fire(JobEvent.START, after(job)));

        assertEquals(
                "a job without a name cannot be stored: expected a machine with a name as its id",
                e.getCause().getMessage());
        assertEquals(job, machine.snapshot());
    }
}
