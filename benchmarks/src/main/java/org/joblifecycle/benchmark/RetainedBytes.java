package org.joblifecycle.benchmark;

import java.util.Locale;
import java.util.function.Supplier;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.spring.JobStateMachine;
import org.joblifecycle.spring.JobStateMachineConfigurerAdapter;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;
import org.springframework.statemachine.config.StateMachineFactory;

/** How much memory a job takes while it is kept, without its name and its times, which all share here. */
public final class RetainedBytes {
    private static final int COLLECTIONS = 5;

    private RetainedBytes() {}

    /** Prints a line for each. */
    public static void main(String[] args) {
        StatelessMachine stateless = new StatelessMachine(new Floor(Mode.AUTHORITY, JobKind.CUSTOM_JOB));
        StateMachineFactory<JobState, JobEvent> factory =
                new JobStateMachineConfigurerAdapter(JobLifecycle.authority(JobKind.CUSTOM_JOB)).createFactory();
        print("a snapshot", 100_000, RetainedBytes::job);
        print("a machine of stateless4j", 100_000, () -> stateless.machine(JobState.RUNNING));
        print("a machine of Spring Statemachine", 1_000, () -> JobStateMachine.at(factory, job()));
    }

    private static JobSnapshot job() {
        return PeersBenchmark.RUNNING.withUpdateTime(PeersBenchmark.NOON);
    }

    private static void print(String what, int number, Supplier<Object> made) {
        Object[] kept = new Object[number];
        kept[0] = made.get(); // classes are loaded
        long before = used();
        for (int i = 0; i < number; i++) {
            kept[i] = made.get();
        }
        long bytes = (used() - before) / number;
        if (kept[number - 1] == null) {
            throw new AssertionError();
        }
        System.out.printf(Locale.ROOT, "%,8d B  %s%n", bytes, what);
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
