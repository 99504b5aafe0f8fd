package org.joblifecycle.transition;

/** Who asks the lifecycle: whoever writes the states of a job, or whoever watches it. */
public enum Mode {
    /**
     * The caller writes the states: a scheduler of its own jobs, an emulator. It sees every step, so a change of state
     * is legal only along an edge, and times are compared to the nanosecond.
     */
    AUTHORITY,
    /**
     * The caller watches somebody else's job: a poller, a mirror, an audit. Steps may be skipped between two observations, and
     * what the service is documented or recorded to do is tolerated. Between active states an observer can refuse
     * little (only CANCELLING cannot be left for another active state); its strength is terminal states, times and errors.
     */
    OBSERVER
}
