package org.joblifecycle.spring;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.testkit.History;
import org.joblifecycle.testkit.JobPaths;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.springframework.messaging.Message;
import org.springframework.statemachine.StateContext;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.config.StateMachineFactory;
import org.springframework.statemachine.listener.StateMachineListenerAdapter;
import org.springframework.statemachine.state.State;
import org.springframework.statemachine.support.StateMachineInterceptor;
import org.springframework.statemachine.transition.Transition;

/** What the tests of this module share. */
final class Machines {
    static final JobLifecycle OWNER = JobLifecycle.authority(JobKind.TUNING_JOB);
    static final StateMachineFactory<JobState, JobEvent> FACTORY =
            new JobStateMachineConfigurerAdapter(OWNER).createFactory();

    private Machines() {}

    /** A job in this state that took the shortest path. */
    static JobSnapshot job(JobState state) {
        return History.along(OWNER, JobPaths.of(OWNER).to(state).get()).last();
    }

    static JobStateMachine at(JobState state) {
        return JobStateMachine.at(FACTORY, job(state));
    }

    /** A time when something can happen to this job. */
    static Instant after(JobSnapshot job) {
        return job.notBefore(Instant.parse("2026-01-01T00:00:00Z")).plusSeconds(1);
    }

    /** Records what a listener is called with. */
    static class Listener extends StateMachineListenerAdapter<JobState, JobEvent> {
        final List<String> calls = new ArrayList<>();
        final List<Exception> errors = new ArrayList<>();
        private final StateMachine<JobState, JobEvent> machine;

        Listener(StateMachine<JobState, JobEvent> machine) {
            this.machine = machine;
            machine.addStateListener(this);
        }

        void call(String what) {
            calls.add(what + " when the job is "
                    + JobStateMachine.of(machine).snapshot().state());
        }

        @Override
        public void eventNotAccepted(Message<JobEvent> event) {
            call("not accepted " + event.getPayload());
        }

        @Override
        public void transitionStarted(Transition<JobState, JobEvent> transition) {
            call("started " + transition.getName());
        }

        @Override
        public void transition(Transition<JobState, JobEvent> transition) {
            call("transition " + transition.getName());
        }

        @Override
        public void transitionEnded(Transition<JobState, JobEvent> transition) {
            call("ended " + transition.getName());
        }

        @Override
        public void stateExited(State<JobState, JobEvent> state) {
            call("exited " + state.getId());
        }

        @Override
        public void stateEntered(State<JobState, JobEvent> state) {
            call("entered " + state.getId());
        }

        @Override
        public void stateChanged(State<JobState, JobEvent> from, State<JobState, JobEvent> to) {
            call("changed to " + to.getId());
        }

        @Override
        public void stateMachineStopped(StateMachine<JobState, JobEvent> stopped) {
            call("stopped");
        }

        @Override
        public void extendedStateChanged(Object key, Object value) {
            call(key.toString().replace("job-lifecycle.", "") + " changed");
        }

        @Override
        public void stateMachineError(StateMachine<JobState, JobEvent> failed, Exception exception) {
            errors.add(exception);
        }
    }

    /** Records what an interceptor is called with. */
    static class Interceptor implements StateMachineInterceptor<JobState, JobEvent> {
        final List<String> calls = new ArrayList<>();

        void call(String what, StateMachine<JobState, JobEvent> machine) {
            Object proposed = machine.getExtendedState().getVariables().get(JobStateMachine.PROPOSED_JOB);
            calls.add(what + " when the job is "
                    + JobStateMachine.of(machine).snapshot().state() + " and proposed "
                    + (proposed == null ? "none" : ((JobSnapshot) proposed).state()));
        }

        @Override
        public Message<JobEvent> preEvent(Message<JobEvent> message, StateMachine<JobState, JobEvent> machine) {
            call("preEvent " + message.getPayload(), machine);
            return message;
        }

        @Override
        public StateContext<JobState, JobEvent> preTransition(StateContext<JobState, JobEvent> context) {
            call("preTransition " + context.getTransition().getName(), context.getStateMachine());
            return context;
        }

        @Override
        public void preStateChange(
                State<JobState, JobEvent> state,
                Message<JobEvent> message,
                Transition<JobState, JobEvent> transition,
                StateMachine<JobState, JobEvent> machine,
                StateMachine<JobState, JobEvent> root) {
            call("preStateChange " + state.getId(), machine);
        }

        @Override
        public void postStateChange(
                State<JobState, JobEvent> state,
                Message<JobEvent> message,
                Transition<JobState, JobEvent> transition,
                StateMachine<JobState, JobEvent> machine,
                StateMachine<JobState, JobEvent> root) {
            call("postStateChange " + state.getId(), machine);
        }

        @Override
        public StateContext<JobState, JobEvent> postTransition(StateContext<JobState, JobEvent> context) {
            call("postTransition " + context.getTransition().getName(), context.getStateMachine());
            return context;
        }

        @Override
        public Exception stateMachineError(StateMachine<JobState, JobEvent> machine, Exception exception) {
            call("error", machine);
            return exception;
        }

        /** Does this with the state that the machine is about to enter. */
        static Interceptor beforeStateChange(Consumer<JobState> what) {
            return new Interceptor() {
                @Override
                public void preStateChange(
                        State<JobState, JobEvent> state,
                        Message<JobEvent> message,
                        Transition<JobState, JobEvent> transition,
                        StateMachine<JobState, JobEvent> machine,
                        StateMachine<JobState, JobEvent> root) {
                    what.accept(state.getId());
                }
            };
        }

        /** Adds the interceptor to the machine. */
        static <I extends StateMachineInterceptor<JobState, JobEvent>> I on(
                StateMachine<JobState, JobEvent> machine, I interceptor) {
            machine.getStateMachineAccessor().doWithRegion(access -> access.addStateMachineInterceptor(interceptor));
            return interceptor;
        }
    }
}
