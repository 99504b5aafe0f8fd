package org.joblifecycle.transition;

import static org.joblifecycle.job.JobState.CANCELLED;
import static org.joblifecycle.job.JobState.CANCELLING;
import static org.joblifecycle.job.JobState.EXPIRED;
import static org.joblifecycle.job.JobState.FAILED;
import static org.joblifecycle.job.JobState.PARTIALLY_SUCCEEDED;
import static org.joblifecycle.job.JobState.PAUSED;
import static org.joblifecycle.job.JobState.PENDING;
import static org.joblifecycle.job.JobState.QUEUED;
import static org.joblifecycle.job.JobState.RUNNING;
import static org.joblifecycle.job.JobState.SUCCEEDED;
import static org.joblifecycle.job.JobState.UNSPECIFIED;
import static org.joblifecycle.job.JobState.UPDATING;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;

/**
 * The specification that the tests hold the code against: the whole lifecycle a second time, without regard to speed and
 * without the code at hand.
 */
final class NaiveLifecycle {
    /** The edges, each with its event and its basis. */
    static final List<Edge> EDGES = """
            UNSPECIFIED ENQUEUE           QUEUED              DOCUMENTED
            UNSPECIFIED PREPARE           PENDING             DOCUMENTED
            QUEUED      PREPARE           PENDING             OBSERVED
            QUEUED      START             RUNNING             INFERRED
            QUEUED      CANCEL            CANCELLING          INFERRED
            QUEUED      FAIL              FAILED              INFERRED
            QUEUED      EXPIRE            EXPIRED             INFERRED
            PENDING     ENQUEUE           QUEUED              OBSERVED
            PENDING     START             RUNNING             DOCUMENTED
            PENDING     CANCEL            CANCELLING          INFERRED
            PENDING     FAIL              FAILED              OBSERVED
            PENDING     EXPIRE            EXPIRED             INFERRED
            RUNNING     SUCCEED           SUCCEEDED           OBSERVED
            RUNNING     SUCCEED_PARTIALLY PARTIALLY_SUCCEEDED DOCUMENTED
            RUNNING     FAIL              FAILED              OBSERVED
            RUNNING     EXPIRE            EXPIRED             INFERRED
            RUNNING     CANCEL            CANCELLING          DOCUMENTED
            RUNNING     PAUSE             PAUSED              DOCUMENTED
            RUNNING     UPDATE            UPDATING            DOCUMENTED
            RUNNING     RESTART           PENDING             INFERRED
            UPDATING    FINISH_UPDATE     RUNNING             DOCUMENTED
            PAUSED      RESUME            QUEUED              DOCUMENTED
            PAUSED      START             RUNNING             DOCUMENTED
            PAUSED      CANCEL            CANCELLING          INFERRED
            PAUSED      FAIL              FAILED              INFERRED
            PAUSED      EXPIRE            EXPIRED             INFERRED
            CANCELLING  SUCCEED           SUCCEEDED           DOCUMENTED
            CANCELLING  FAIL              FAILED              DOCUMENTED
            CANCELLING  CONFIRM_CANCEL    CANCELLED           DOCUMENTED
            """.lines().map(Edge::parse).toList();

    static final Set<JobState> TERMINAL = EnumSet.of(SUCCEEDED, FAILED, CANCELLED, EXPIRED, PARTIALLY_SUCCEEDED);
    static final Set<JobState> STARTED = EnumSet.of(RUNNING, UPDATING, PAUSED, SUCCEEDED, PARTIALLY_SUCCEEDED);

    private static final Set<JobState> NEVER_TO_START = EnumSet.of(CANCELLING, FAILED, CANCELLED, EXPIRED);
    private static final Set<JobState> PROVISIONAL = EnumSet.of(QUEUED, PENDING, CANCELLING);

    /** The lengths of the shortest paths, 0 from a state to itself, -1 where there is none. */
    private static final int[][] DISTANCES = distances();

    private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000);

    record Edge(JobState source, JobEvent event, JobState target, Evidence.Basis basis) {
        static Edge parse(String row) {
            String[] cells = row.split(" +", -1);
            return new Edge(
                    JobState.valueOf(cells[0]),
                    JobEvent.valueOf(cells[1]),
                    JobState.valueOf(cells[2]),
                    Evidence.Basis.valueOf(cells[3]));
        }

        JobTransition transition() {
            return JobTransition.valueOf(source + "_TO_" + target);
        }
    }

    /** An answer to a check: the broken rules in the order of the report. */
    record Answer(List<Rule> broken, Change change) {}

    /** An answer to an event: the job afterwards, or why not. */
    record Applied(JobSnapshot job, List<Rule> refusals) {}

    private final Mode mode;
    private final boolean hasTimes;
    private final Set<JobState> endTimeDocumentedFor;
    private final boolean errorRuleApplies;
    private final boolean cancelledCodeIsOne;

    NaiveLifecycle(JobKind kind, Mode mode) {
        this.mode = mode;
        switch (kind) {
            case TUNING_JOB -> {
                hasTimes = true;
                endTimeDocumentedFor = EnumSet.of(SUCCEEDED, FAILED, CANCELLED, EXPIRED);
                errorRuleApplies = true;
                cancelledCodeIsOne = true;
            }
            case CUSTOM_JOB, HYPERPARAMETER_TUNING_JOB, NAS_JOB -> {
                hasTimes = true;
                endTimeDocumentedFor = EnumSet.of(SUCCEEDED, FAILED, CANCELLED);
                errorRuleApplies = true;
                cancelledCodeIsOne = true;
            }
            case BATCH_PREDICTION_JOB -> {
                hasTimes = true;
                endTimeDocumentedFor = EnumSet.of(SUCCEEDED, FAILED, CANCELLED);
                errorRuleApplies = true;
                cancelledCodeIsOne = false;
            }
            case DATA_LABELING_JOB, MODEL_DEPLOYMENT_MONITORING_JOB -> {
                hasTimes = false;
                endTimeDocumentedFor = Set.of();
                errorRuleApplies = true;
                cancelledCodeIsOne = false;
            }
            case NOTEBOOK_EXECUTION_JOB -> {
                hasTimes = false;
                endTimeDocumentedFor = Set.of();
                errorRuleApplies = false;
                cancelledCodeIsOne = false;
            }
            default -> throw new AssertionError(kind);
        }
    }

    static Edge edge(JobState source, JobState target) {
        for (Edge edge : EDGES) {
            if (edge.source == source && edge.target == target) {
                return edge;
            }
        }
        return null;
    }

    static Edge edge(JobState source, JobEvent event) {
        for (Edge edge : EDGES) {
            if (edge.source == source && edge.event == event) {
                return edge;
            }
        }
        return null;
    }

    static int distance(JobState source, JobState target) {
        return DISTANCES[source.number()][target.number()];
    }

    private static int[][] distances() {
        int[][] distances = new int[12][12];
        for (JobState source : JobState.values()) {
            int[] row = distances[source.number()];
            for (JobState target : JobState.values()) {
                row[target.number()] = source == target ? 0 : -1;
            }
            for (int length = 1; length < 12; length++) {
                for (Edge edge : EDGES) {
                    if (row[edge.source.number()] == length - 1 && row[edge.target.number()] < 0) {
                        row[edge.target.number()] = length;
                    }
                }
            }
        }
        return distances;
    }

    // rules of one snapshot

    boolean breaks(Rule rule, JobSnapshot job) {
        JobState state = job.state();
        Instant create = job.createTime();
        Instant start = job.startTime();
        Instant end = job.endTime();
        Instant update = job.updateTime();
        JobError error = job.error();
        return switch (rule) {
            case CREATE_TIME_REQUIRED -> state != UNSPECIFIED && create == null;
            case START_TIME_REQUIRED -> hasTimes && STARTED.contains(state) && start == null;
            case START_TIME_PREMATURE -> hasTimes && state == UNSPECIFIED && start != null;
            case END_TIME_REQUIRED ->
                hasTimes && end == null && (mode == Mode.AUTHORITY ? TERMINAL : endTimeDocumentedFor).contains(state);
            case END_TIME_PREMATURE -> end != null && !TERMINAL.contains(state);
            case ERROR_UNEXPECTED -> errorRuleApplies && error != null && state != FAILED && state != CANCELLED;
            case ERROR_CODE_INVALID ->
                errorRuleApplies
                        && error != null
                        && (!validCode(error) || (state == CANCELLED && cancelledCodeIsOne && error.code() != 1));
            case START_TIME_ORDER -> after(create, start);
            case END_TIME_ORDER -> after(create, end) || after(start, end);
            case UPDATE_TIME_ORDER -> after(create, update) || after(start, update) || after(end, update);
            default -> false;
        };
    }

    private static boolean validCode(JobError error) {
        return 1 <= error.code() && error.code() <= 16;
    }

    private boolean after(Instant a, Instant b) {
        if (a == null || b == null) {
            return false;
        }
        BigInteger nanos = nanos(a).subtract(nanos(b));
        return mode == Mode.AUTHORITY ? nanos.signum() > 0 : nanos.compareTo(SECOND) >= 0;
    }

    private static BigInteger nanos(Instant time) {
        return BigInteger.valueOf(time.getEpochSecond()).multiply(SECOND).add(BigInteger.valueOf(time.getNano()));
    }

    /** Whether a field differs that the snapshot rule reads, the state aside. */
    private static boolean touched(Rule rule, JobSnapshot before, JobSnapshot after) {
        boolean create = !Objects.equals(before.createTime(), after.createTime());
        boolean start = !Objects.equals(before.startTime(), after.startTime());
        boolean end = !Objects.equals(before.endTime(), after.endTime());
        boolean update = !Objects.equals(before.updateTime(), after.updateTime());
        boolean error = !Objects.equals(before.error(), after.error());
        return switch (rule) {
            case CREATE_TIME_REQUIRED -> create;
            case START_TIME_REQUIRED, START_TIME_PREMATURE -> start;
            case END_TIME_REQUIRED, END_TIME_PREMATURE -> end;
            case ERROR_UNEXPECTED, ERROR_CODE_INVALID -> error;
            case START_TIME_ORDER -> create || start;
            case END_TIME_ORDER -> create || start || end;
            case UPDATE_TIME_ORDER -> create || start || end || update;
            default -> throw new AssertionError(rule);
        };
    }

    // rules of a change

    boolean breaks(Rule rule, JobSnapshot before, JobSnapshot after) {
        return switch (rule) {
            case TRANSITION_ILLEGAL -> {
                int distance = distance(before.state(), after.state());
                yield mode == Mode.AUTHORITY ? distance != 0 && distance != 1 : distance < 0;
            }
            case NAME_CHANGED -> before.name() != null && !before.name().equals(after.name());
            case CREATE_TIME_CHANGED ->
                before.createTime() != null && !before.createTime().equals(after.createTime());
            case START_TIME_PREMATURE -> {
                if (!hasTimes || before.startTime() != null || after.startTime() == null) {
                    yield false;
                }
                yield mode == Mode.AUTHORITY
                        ? after.state() != RUNNING && !STARTED.contains(before.state())
                        : NEVER_TO_START.contains(before.state());
            }
            case START_TIME_CHANGED -> {
                if (before.startTime() == null || before.startTime().equals(after.startTime())) {
                    yield false;
                }
                yield after.startTime() == null || mode == Mode.AUTHORITY || !PROVISIONAL.contains(before.state());
            }
            case END_TIME_CHANGED ->
                before.endTime() != null && !before.endTime().equals(after.endTime());
            case ERROR_CHANGED ->
                errorRuleApplies && before.error() != null && !before.error().equals(after.error());
            case UPDATE_TIME_REGRESSED -> {
                if (before.updateTime() == null) {
                    yield false;
                }
                yield after.updateTime() == null
                        ? mode == Mode.AUTHORITY
                        : after.updateTime().isBefore(before.updateTime());
            }
            default -> false;
        };
    }

    // how they combine

    Answer check(JobSnapshot before, JobSnapshot after) {
        List<Rule> broken = new ArrayList<>();
        for (Rule rule : RULES) {
            boolean alone =
                    breaks(rule, after) && (before == null || !breaks(rule, before) || touched(rule, before, after));
            if (alone || (before != null && breaks(rule, before, after))) {
                broken.add(rule);
            }
        }
        if (before == null) {
            return new Answer(broken, new Change.Appeared(after.state()));
        }
        if (mode == Mode.OBSERVER && broken.contains(Rule.UPDATE_TIME_REGRESSED)) {
            return new Answer(List.of(Rule.UPDATE_TIME_REGRESSED), new Change.Stale());
        }
        JobState from = before.state();
        JobState to = after.state();
        if (broken.contains(Rule.TRANSITION_ILLEGAL)) {
            return new Answer(broken, new Change.Illegal(from, to));
        }
        return switch (distance(from, to)) {
            case 0 -> new Answer(broken, before.equals(after) ? new Change.Unchanged() : new Change.Amended());
            case 1 -> new Answer(broken, new Change.Stepped(edge(from, to).transition()));
            default -> new Answer(broken, new Change.Skipped(from, to));
        };
    }

    /** The baseline after a snapshot was audited against the one before; null if there was none. */
    JobSnapshot baseline(JobSnapshot before, JobSnapshot after) {
        if (before == null) {
            return after;
        }
        if (check(before, after).broken().contains(Rule.UPDATE_TIME_REGRESSED)) {
            return before;
        }
        return mode == Mode.OBSERVER && after.updateTime() == null ? after.withUpdateTime(before.updateTime()) : after;
    }

    /** The order of the report. */
    static final List<Rule> RULES = Stream.of("""
            create-time-required, start-time-required, start-time-premature, end-time-required, end-time-premature,
            error-unexpected, error-code-invalid, start-time-order, end-time-order, update-time-order,
            transition-illegal, name-changed, create-time-changed, start-time-changed, end-time-changed,
            error-changed, update-time-regressed
            """.strip().split(",\\s+", -1))
            .map(id -> Rule.of(id).get())
            .toList();

    // applying an event, for an authority

    Applied apply(JobSnapshot job, JobEvent event, Instant now, JobError error) {
        Edge edge = edge(job.state(), event);
        if (edge == null) {
            return refused(Rule.TRANSITION_ILLEGAL);
        }
        if (job.state() == CANCELLING && event == JobEvent.SUCCEED && hasTimes && job.startTime() == null) {
            return refused(Rule.START_TIME_REQUIRED);
        }
        if (times(job).stream().anyMatch(now::isBefore)) {
            return refused(Rule.UPDATE_TIME_REGRESSED);
        }
        if (error != null && event != JobEvent.FAIL) {
            return refused(Rule.ERROR_UNEXPECTED);
        }
        if (error != null && !validCode(error)) {
            return refused(Rule.ERROR_CODE_INVALID);
        }
        JobState target = edge.target;
        JobSnapshot next = job.withState(target).withUpdateTime(now);
        if (job.createTime() == null) {
            boolean earlier = job.startTime() != null && job.startTime().isBefore(now);
            next = next.withCreateTime(earlier ? job.startTime() : now);
        }
        if (target == RUNNING && job.startTime() == null && hasTimes) {
            next = next.withStartTime(now);
        }
        if (TERMINAL.contains(target) && hasTimes) {
            next = next.withEndTime(now);
        }
        if (target == FAILED) {
            next = next.withError(error != null ? error : new JobError(2, ""));
        }
        if (target == CANCELLED && cancelledCodeIsOne) {
            next = next.withError(new JobError(1, "CANCELED"));
        }
        List<Rule> broken = check(job, next).broken();
        return broken.isEmpty() ? new Applied(next, List.of()) : new Applied(null, broken);
    }

    private static Applied refused(Rule rule) {
        return new Applied(null, List.of(rule));
    }

    static List<Instant> times(JobSnapshot job) {
        return Stream.of(job.createTime(), job.startTime(), job.endTime(), job.updateTime())
                .filter(Objects::nonNull)
                .toList();
    }
}
