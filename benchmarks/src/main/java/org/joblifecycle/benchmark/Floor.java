package org.joblifecycle.benchmark;

import java.time.Instant;
import java.util.Objects;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobGraph;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;
import org.jspecify.annotations.Nullable;

/**
 * The rules written for speed alone, without reasons and without exclusions: the least that they can cost. A broken rule is a
 * bit, at the position that the rule has in {@link Rule}.
 */
final class Floor {
    /** The answer to a refused event. */
    static final Object REFUSED = "refused";

    private static final int STATES = JobState.values().length;
    private static final int EVENTS = JobEvent.values().length;
    private static final JobError UNKNOWN = JobError.of(JobError.UNKNOWN);
    private static final JobError CANCELED = new JobError(JobError.CANCELLED, "CANCELED");

    private static final int CREATE_TIME_REQUIRED = 1;
    private static final int START_TIME_REQUIRED = 1 << 1;
    private static final int START_TIME_PREMATURE = 1 << 2;
    private static final int END_TIME_REQUIRED = 1 << 3;
    private static final int END_TIME_PREMATURE = 1 << 4;
    private static final int ERROR_UNEXPECTED = 1 << 5;
    private static final int ERROR_CODE_INVALID = 1 << 6;
    private static final int START_TIME_ORDER = 1 << 7;
    private static final int END_TIME_ORDER = 1 << 8;
    private static final int UPDATE_TIME_ORDER = 1 << 9;
    private static final int TRANSITION_ILLEGAL = 1 << 10;
    private static final int NAME_CHANGED = 1 << 11;
    private static final int CREATE_TIME_CHANGED = 1 << 12;
    private static final int START_TIME_CHANGED = 1 << 13;
    private static final int END_TIME_CHANGED = 1 << 14;
    private static final int ERROR_CHANGED = 1 << 15;
    private static final int UPDATE_TIME_REGRESSED = 1 << 16;

    private final boolean isAuthority;
    private final boolean hasTimes;
    private final boolean hasErrorRule;
    private final boolean promisesCode;
    private final int started;
    private final int ended;
    private final int noStartAnyMore;
    private final int maybeProvisional;

    /** A bit for each state that can follow a state. */
    private final int[] next = new int[STATES];

    /** The state after an event in a state; null if there is none. */
    private final @Nullable JobState[] targets = new JobState[STATES * EVENTS];

    Floor(Mode mode, JobKind kind) {
        isAuthority = mode == Mode.AUTHORITY;
        hasTimes = kind.hasStartTime();
        hasErrorRule = kind.hasErrorRule();
        promisesCode = kind.promisesCancelledCode();
        started = bits(JobGraph.startedStates());
        ended = bits(isAuthority ? JobGraph.terminalStates() : kind.endTimeStates());
        noStartAnyMore =
                bit(JobState.CANCELLING) | bit(JobState.FAILED) | bit(JobState.CANCELLED) | bit(JobState.EXPIRED);
        maybeProvisional = bit(JobState.QUEUED) | bit(JobState.PENDING) | bit(JobState.CANCELLING);
        for (JobState state : JobState.values()) {
            next[state.number()] = bit(state);
            for (JobTransition edge : JobTransition.from(state)) {
                next[state.number()] |= bit(edge.target());
                targets[index(state, edge.event())] = edge.target();
            }
            if (!isAuthority) {
                next[state.number()] |= bits(JobGraph.reachableFrom(state));
            }
        }
    }

    @SuppressWarnings("EnumOrdinal") // for speed alone
    private static int index(JobState state, JobEvent event) {
        return state.number() * EVENTS + event.ordinal();
    }

    private static int bits(Iterable<JobState> states) {
        int bits = 0;
        for (JobState state : states) {
            bits |= bit(state);
        }
        return bits;
    }

    private static int bit(JobState state) {
        return 1 << state.number();
    }

    /** The rules that an update breaks, as {@link JobLifecycle#check} reports them. */
    int check(@Nullable JobSnapshot before, JobSnapshot after) {
        int alone = alone(
                after.state(),
                after.createTime(),
                after.startTime(),
                after.endTime(),
                after.updateTime(),
                after.error());
        if (before == null) {
            return alone;
        }
        Instant known = before.updateTime();
        Instant proposed = after.updateTime();
        if (known != null && (proposed == null ? isAuthority : proposed.isBefore(known))) {
            if (!isAuthority) {
                return UPDATE_TIME_REGRESSED;
            }
            alone |= UPDATE_TIME_REGRESSED;
        }
        boolean createDiffers = !Objects.equals(before.createTime(), after.createTime());
        boolean startDiffers = !Objects.equals(before.startTime(), after.startTime());
        boolean endDiffers = !Objects.equals(before.endTime(), after.endTime());
        boolean errorDiffers = !Objects.equals(before.error(), after.error());
        if ((alone & (TRANSITION_ILLEGAL - 1)) != 0) {
            alone &= ~untouched(before, after, createDiffers, startDiffers, endDiffers, errorDiffers);
        }
        if ((next[before.state().number()] & bit(after.state())) == 0) {
            alone |= TRANSITION_ILLEGAL;
        }
        if (before.name() != null && !before.name().equals(after.name())) {
            alone |= NAME_CHANGED;
        }
        if (createDiffers && before.createTime() != null) {
            alone |= CREATE_TIME_CHANGED;
        }
        if (startDiffers) {
            alone |= start(before, after);
        }
        if (endDiffers && before.endTime() != null) {
            alone |= END_TIME_CHANGED;
        }
        if (errorDiffers && hasErrorRule && before.error() != null) {
            alone |= ERROR_CHANGED;
        }
        return alone;
    }

    private int start(JobSnapshot before, JobSnapshot after) {
        int state = bit(before.state());
        if (before.startTime() == null) {
            boolean isPremature = hasTimes
                    && (isAuthority
                            ? after.state() != JobState.RUNNING && (started & state) == 0
                            : (noStartAnyMore & state) != 0);
            return isPremature ? START_TIME_PREMATURE : 0;
        }
        return after.startTime() == null || isAuthority || (maybeProvisional & state) == 0 ? START_TIME_CHANGED : 0;
    }

    /** The rules that the baseline broke already, and of whose fields none but the state differs. */
    private int untouched(
            JobSnapshot before,
            JobSnapshot after,
            boolean createDiffers,
            boolean startDiffers,
            boolean endDiffers,
            boolean errorDiffers) {
        int old = alone(
                before.state(),
                before.createTime(),
                before.startTime(),
                before.endTime(),
                before.updateTime(),
                before.error());
        int touched = 0;
        if (createDiffers) {
            touched |= CREATE_TIME_REQUIRED | START_TIME_ORDER | END_TIME_ORDER | UPDATE_TIME_ORDER;
        }
        if (startDiffers) {
            touched |=
                    START_TIME_REQUIRED | START_TIME_PREMATURE | START_TIME_ORDER | END_TIME_ORDER | UPDATE_TIME_ORDER;
        }
        if (endDiffers) {
            touched |= END_TIME_REQUIRED | END_TIME_PREMATURE | END_TIME_ORDER | UPDATE_TIME_ORDER;
        }
        if (errorDiffers) {
            touched |= ERROR_UNEXPECTED | ERROR_CODE_INVALID;
        }
        if (!Objects.equals(before.updateTime(), after.updateTime())) {
            touched |= UPDATE_TIME_ORDER;
        }
        return old & ~touched;
    }

    /** The rules that a snapshot breaks, without a baseline. */
    private int alone(
            JobState state,
            @Nullable Instant create,
            @Nullable Instant start,
            @Nullable Instant end,
            @Nullable Instant update,
            @Nullable JobError error) {
        int broken = 0;
        int bit = bit(state);
        if (create == null) {
            if (state != JobState.UNSPECIFIED) {
                broken |= CREATE_TIME_REQUIRED;
            }
        } else {
            if (start != null && isAfter(create, start)) {
                broken |= START_TIME_ORDER;
            }
            if (end != null && isAfter(create, end)) {
                broken |= END_TIME_ORDER;
            }
            if (update != null && isAfter(create, update)) {
                broken |= UPDATE_TIME_ORDER;
            }
        }
        if (start == null) {
            if (hasTimes && (started & bit) != 0) {
                broken |= START_TIME_REQUIRED;
            }
        } else {
            if (hasTimes && state == JobState.UNSPECIFIED) {
                broken |= START_TIME_PREMATURE;
            }
            if (end != null && isAfter(start, end)) {
                broken |= END_TIME_ORDER;
            }
            if (update != null && isAfter(start, update)) {
                broken |= UPDATE_TIME_ORDER;
            }
        }
        if (end == null) {
            if (hasTimes && (ended & bit) != 0) {
                broken |= END_TIME_REQUIRED;
            }
        } else {
            if (!state.isTerminal()) {
                broken |= END_TIME_PREMATURE;
            }
            if (update != null && isAfter(end, update)) {
                broken |= UPDATE_TIME_ORDER;
            }
        }
        if (error != null && hasErrorRule) {
            if (state != JobState.FAILED && state != JobState.CANCELLED) {
                broken |= ERROR_UNEXPECTED;
            }
            if (error.code() < 1
                    || error.code() > 16
                    || (promisesCode && state == JobState.CANCELLED && error.code() != JobError.CANCELLED)) {
                broken |= ERROR_CODE_INVALID;
            }
        }
        return broken;
    }

    private boolean isAfter(Instant one, Instant other) {
        if (isAuthority) {
            return one.isAfter(other);
        }
        long seconds = one.getEpochSecond() - other.getEpochSecond();
        return seconds > 1 || (seconds == 1 && one.getNano() >= other.getNano());
    }

    /** The job after an event, or {@link #REFUSED}, as {@link JobLifecycle#apply} answers. */
    Object apply(JobSnapshot job, JobEvent event, Instant now, @Nullable JobError error) {
        JobState target = targets[index(job.state(), event)];
        if (target == null || !permits(job, target, now) || !isFitting(event, error)) {
            return REFUSED;
        }
        JobSnapshot next = step(job, target, now, error);
        return check(job, next) == 0 ? next : REFUSED;
    }

    /** Whether a job can take an edge to this state at this time. */
    boolean permits(JobSnapshot job, JobState target, Instant now) {
        return !(job.startTime() == null
                        && hasTimes
                        && job.state() == JobState.CANCELLING
                        && target == JobState.SUCCEEDED)
                && !isBefore(now, job.createTime())
                && !isBefore(now, job.startTime())
                && !isBefore(now, job.endTime())
                && !isBefore(now, job.updateTime());
    }

    private static boolean isFitting(JobEvent event, @Nullable JobError error) {
        return error == null || (event == JobEvent.FAIL && error.code() >= 1 && error.code() <= 16);
    }

    /** The job in this state, with its times and error. */
    JobSnapshot step(JobSnapshot job, JobState target, Instant now, @Nullable JobError error) {
        Instant create = job.createTime();
        Instant start = job.startTime();
        JobError failure = job.error();
        if (error != null) {
            failure = error;
        } else if (target == JobState.FAILED) {
            failure = UNKNOWN;
        } else if (target == JobState.CANCELLED && promisesCode) {
            failure = CANCELED;
        }
        return job.withState(target)
                .withCreateTime(create == null ? (start == null ? now : start) : create)
                .withStartTime(start == null && hasTimes && target == JobState.RUNNING ? now : start)
                .withEndTime(hasTimes && target.isTerminal() ? now : job.endTime())
                .withUpdateTime(now)
                .withError(failure);
    }

    private static boolean isBefore(Instant now, @Nullable Instant time) {
        return time != null && now.isBefore(time);
    }
}
