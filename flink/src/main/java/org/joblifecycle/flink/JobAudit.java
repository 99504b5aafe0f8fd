package org.joblifecycle.flink;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.transition.AuditStep;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Audits the histories of jobs in a stream that is keyed by the name of the job: each snapshot is checked against the one before,
 * and what is kept of a job between two of them is a baseline. The violations come out; what cannot be read goes to {@link
 * #UNREADABLE}, what comes too late to {@link #LATE}.
 *
 * <pre>{@code
 * SingleOutputStreamOperator<JobFinding> findings = records
 *         .keyBy(JobRecord::key)
 *         .process(JobAudit.observer().without(Rule.UPDATE_TIME_ORDER))
 *         .uid("audit");
 * }</pre>
 *
 * <p>Immutable: each of the methods that say how to audit answers another audit. Its state can be restored by an audit that
 * differs in any of them but the order: what waited would be audited last. A job that had finished before there was a time to forget
 * is forgotten when that time has passed after its next snapshot, and one that has a time keeps it.
 */
public final class JobAudit extends KeyedProcessFunction<String, JobRecord, JobFinding> {
    private static final long serialVersionUID = 1L;

    /** What cannot be read, in place of a snapshot. */
    public static final OutputTag<JobFinding> UNREADABLE = new OutputTag<>("unreadable", FormatTypes.FINDING);

    /**
     * Snapshots that come after a later one of their job was audited. They were not audited. Only an audit {@linkplain
     * #inOrderOfUpdateTime in order of updateTime} has any.
     */
    public static final OutputTag<JobRecord> LATE = new OutputTag<>("late", FormatTypes.RECORD);

    private static final Duration LONGEST = Duration.ofDays(100_000);

    private static final Comparator<JobRecord> BY_UPDATE_TIME = Comparator.comparing(
                    JobRecord::updateTime, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(JobRecord::place);

    /** In which order the snapshots of a job are audited. */
    private enum Order {
        ARRIVAL,
        UPDATE_TIME,

        /** The same, where the snapshots of a job come in order of their timestamps, as in the batch mode. */
        UPDATE_TIME_OF_SORTED
    }

    private final Mode mode;
    private final EnumSet<Rule> excluded;
    private final JobKind fallback;
    private final Order order;
    private final @Nullable Duration forgetAfter;

    private transient Map<JobKind, JobLifecycle> lifecycles = Map.of();
    private transient @Nullable ValueState<Baseline> baseline;

    /** How many snapshots wait for a time that the watermark has not passed, by the time. */
    private transient @Nullable MapState<Long, Integer> counts;

    /** The snapshots that wait, by their time and, from 0, their number: so each is written once and read once. */
    private transient @Nullable MapState<Tuple2<Long, Integer>, JobRecord> waiting;

    /** The snapshots of a job that have the same timestamp, while they are put in order. */
    private transient @Nullable RecordSorter equal;

    /** The timestamp of those, of a sorted input. */
    private transient long timestamp;

    private transient @Nullable LongCounter audited;
    private transient @Nullable LongCounter jobs;
    private transient @Nullable LongCounter jobsWithoutKind;
    private transient @Nullable Counter snapshots;
    private transient @Nullable Counter findings;
    private transient @Nullable Counter unreadable;
    private transient @Nullable Counter late;

    private JobAudit(Mode mode, EnumSet<Rule> excluded, JobKind fallback, Order order, @Nullable Duration forgetAfter) {
        this.mode = mode;
        this.excluded = excluded;
        this.fallback = fallback;
        this.order = order;
        this.forgetAfter = forgetAfter;
    }

    /** An audit of snapshots that somebody observed, in the order in which they arrive. */
    public static JobAudit observer() {
        return new JobAudit(Mode.OBSERVER, EnumSet.noneOf(Rule.class), JobKind.TUNING_JOB, Order.ARRIVAL, null);
    }

    /** An audit of what an authority wrote, in the order in which it arrives. */
    public static JobAudit authority() {
        return new JobAudit(Mode.AUTHORITY, EnumSet.noneOf(Rule.class), JobKind.TUNING_JOB, Order.ARRIVAL, null);
    }

    /**
     * The same audit without some of the rules.
     *
     * @throws IllegalArgumentException for {@link Rule#TRANSITION_ILLEGAL}, without which there is no lifecycle
     */
    public JobAudit without(Rule... rules) {
        EnumSet<Rule> all = EnumSet.copyOf(excluded);
        all.addAll(List.of(rules));
        lifecycle(JobKind.TUNING_JOB, all);
        return new JobAudit(mode, all, fallback, order, forgetAfter);
    }

    /** The same audit, where jobs whose name tells no kind are of this kind; {@link JobKind#TUNING_JOB} if it is not called. */
    public JobAudit fallback(JobKind kind) {
        return new JobAudit(mode, excluded, requireNonNull(kind, "kind"), order, forgetAfter);
    }

    /**
     * The same audit, of the snapshots of a job in the order in which they arrive, as {@code job-lifecycle check} does it. For
     * streams that keep the order of a job's snapshots: a topic that is partitioned by the name of the job. It waits for nothing
     * and needs no watermarks. Not for Flink's batch mode, which keeps no order but that of timestamps: {@link FileAudit} is.
     */
    public JobAudit inArrivalOrder() {
        return new JobAudit(mode, excluded, fallback, Order.ARRIVAL, forgetAfter);
    }

    /**
     * The same audit, of the snapshots of a job in order of updateTime, those without one first, as {@code job-lifecycle check
     * --sort} does it; of equal ones that wait together in order of their places. A snapshot waits until the watermark has passed its updateTime:
     * {@link #watermarks} makes such watermarks. If a later one of its job was audited already, it goes to {@link #LATE}. So the
     * findings are those of {@code check --sort} on all that is not late.
     *
     * <p>The snapshots that wait are kept in the state of the job; those whose turn it is are sorted on disk, in {@code
     * java.io.tmpdir}, where they are many. In Flink's batch mode all snapshots of one job wait for its last, in memory: {@link
     * FileAudit} holds none.
     */
    public JobAudit inOrderOfUpdateTime() {
        return new JobAudit(mode, excluded, fallback, Order.UPDATE_TIME, forgetAfter);
    }

    /**
     * The same audit, of an input in which the snapshots of a job come in order of their timestamps, and all of one job before the
     * next, as in the batch mode: only those with the same timestamp are held.
     */
    JobAudit ofSorted() {
        Order sorted = isInOrderOfUpdateTime() ? Order.UPDATE_TIME_OF_SORTED : order;
        return new JobAudit(mode, excluded, fallback, sorted, forgetAfter);
    }

    boolean isInOrderOfUpdateTime() {
        return order != Order.ARRIVAL;
    }

    JobKind fallback() {
        return fallback;
    }

    /**
     * The same audit, which forgets a job some time after it was first seen in a terminal state, by the clock of the machine; what
     * comes later counts as the first snapshot of it. Without this the state grows with the number of jobs.
     *
     * @param time more than zero, and at most 100,000 days
     * @throws IllegalArgumentException if it is not
     */
    public JobAudit forgetFinishedAfter(Duration time) {
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "time is " + time + ": expected more than zero, and at most " + LONGEST.toDays() + " days");
        }
        return new JobAudit(mode, excluded, fallback, order, time);
    }

    /**
     * Watermarks for an audit {@linkplain #inOrderOfUpdateTime in order of updateTime}: the latest updateTime that was read, less
     * the time by which a snapshot may come later than one with a later updateTime. A part of the source in which nothing comes for
     * a while does not hold the others back, and its time goes on by the clock of the machine: so the last snapshots are audited too.
     *
     * <p>A source of files forgets the watermark of a file as soon as it has read it: give these to {@code
     * assignTimestampsAndWatermarks} after it, not to the source.
     *
     * <p>They are not restored with a job: after a restart they begin with the next snapshot that is read. A snapshot with a wrong
     * updateTime, far in the future, moves them there, so that others are not waited for.
     *
     * @param outOfOrderness by which a snapshot may come later; not negative
     * @param idleAfter after which time without a snapshot the clock counts; not negative
     * @throws IllegalArgumentException if one of them is negative
     */
    public static WatermarkStrategy<JobRecord> watermarks(Duration outOfOrderness, Duration idleAfter) {
        if (outOfOrderness.isNegative() || idleAfter.isNegative()) {
            throw new IllegalArgumentException(
                    "the times are " + outOfOrderness + " and " + idleAfter + ": expected none below zero");
        }
        WatermarkStrategy<JobRecord> strategy =
                context -> new UpdateTimeWatermarks(outOfOrderness, idleAfter, context.getInputActivityClock());
        return strategy.withTimestampAssigner((record, before) -> record.timestamp());
    }

    private JobLifecycle lifecycle(JobKind kind, Set<Rule> excluded) {
        return JobLifecycle.of(mode, kind).without(excluded.toArray(new Rule[0]));
    }

    @Override
    public void open(OpenContext context) {
        lifecycles = new EnumMap<>(JobKind.class);
        for (JobKind kind : JobKind.values()) {
            lifecycles.put(kind, lifecycle(kind, excluded));
        }
        equal = new RecordSorter(BY_UPDATE_TIME);
        baseline = getRuntimeContext().getState(new ValueStateDescriptor<>("baseline", FormatTypes.BASELINE));
        counts = getRuntimeContext().getMapState(new MapStateDescriptor<>("counts", Types.LONG, Types.INT));
        waiting = getRuntimeContext()
                .getMapState(
                        new MapStateDescriptor<>("waiting", Types.TUPLE(Types.LONG, Types.INT), FormatTypes.RECORD));
        audited = getRuntimeContext().getLongCounter(Counts.AUDITED);
        jobs = getRuntimeContext().getLongCounter(Counts.JOBS);
        jobsWithoutKind = getRuntimeContext().getLongCounter(Counts.JOBS_WITHOUT_KIND);
        MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("joblifecycle");
        metrics.gauge("jobs", requireNonNull(jobs)::getLocalValuePrimitive);
        snapshots = metrics.counter("snapshots");
        findings = metrics.counter("findings");
        unreadable = metrics.counter("unreadable");
        late = metrics.counter("late");
    }

    @Override
    public void processElement(JobRecord record, Context context, Collector<JobFinding> out) throws Exception {
        if (record.fault() != null) {
            requireNonNull(unreadable).inc();
            context.output(UNREADABLE, JobFinding.of(record.place(), record.fault()));
            return;
        }
        switch (order) {
            case ARRIVAL -> audit(record, context, out);
            case UPDATE_TIME -> auditInTime(record, context, out);
            case UPDATE_TIME_OF_SORTED -> auditSorted(record, context, out);
        }
    }

    private void auditInTime(JobRecord record, Context context, Collector<JobFinding> out) throws Exception {
        Baseline last = requireNonNull(baseline).value();
        if (last != null && isBefore(record.updateTime(), last.job().updateTime())) {
            requireNonNull(late).inc();
            context.output(LATE, record);
            return;
        }
        long time = record.timestamp();
        if (time <= context.timerService().currentWatermark() || record.updateTime() == null) {
            audit(record, context, out);
            return;
        }
        Integer others = requireNonNull(counts).get(time);
        int number = others == null ? 0 : others;
        requireNonNull(waiting).put(Tuple2.of(time, number), record);
        counts.put(time, number + 1);
        if (number == 0) {
            context.timerService().registerEventTimeTimer(time);
        }
    }

    private static boolean isBefore(@Nullable Instant one, @Nullable Instant other) {
        return other != null && (one == null || one.isBefore(other));
    }

    private void auditSorted(JobRecord record, Context context, Collector<JobFinding> out) throws Exception {
        if (requireNonNull(equal).isEmpty()) {
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE - 1); // the end of the job
        } else if (record.timestamp() != timestamp) {
            auditEqual(context, out);
        }
        timestamp = record.timestamp();
        equal.add(record);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<JobFinding> out) throws Exception {
        if (context.timeDomain() == TimeDomain.PROCESSING_TIME) {
            forget();
        } else {
            if (order == Order.UPDATE_TIME) {
                endWaiting(time);
            }
            auditEqual(context, out);
        }
    }

    /** The snapshots that waited for this time wait no more. */
    private void endWaiting(long time) throws Exception {
        Integer number = requireNonNull(counts).get(time);
        counts.remove(time);
        for (int i = 0; number != null && i < number; i++) {
            Tuple2<Long, Integer> key = Tuple2.of(time, i);
            requireNonNull(equal).add(requireNonNull(waiting).get(key));
            waiting.remove(key);
        }
    }

    private void auditEqual(Context context, Collector<JobFinding> out) throws Exception {
        requireNonNull(equal).drain(record -> audit(record, context, out));
    }

    @Override
    public void close() throws IOException {
        if (equal != null) {
            equal.close();
        }
    }

    private void audit(JobRecord record, Context context, Collector<JobFinding> out) throws Exception {
        JobSnapshot job = requireNonNull(record.job());
        requireNonNull(audited).add(1);
        requireNonNull(snapshots).inc();
        String name = job.name();
        JobKind kind = JobKind.of(name).getOrElse(fallback);
        JobLifecycle lifecycle = requireNonNull(lifecycles.get(kind));
        if (name == null) {
            report(record, lifecycle.check(job), out);
            return;
        }
        Baseline last = requireNonNull(baseline).value();
        if (last == null) {
            requireNonNull(jobs).add(1);
            if (JobKind.of(name).isEmpty()) {
                requireNonNull(jobsWithoutKind).add(1);
            }
        }
        JobSnapshot before = last == null ? null : last.job().withName(name);
        AuditStep step = lifecycle.audit(before, job);
        keep(last, step.baseline(), before, context);
        report(record, step.verdict(), out);
    }

    private void keep(@Nullable Baseline last, JobSnapshot next, @Nullable JobSnapshot before, Context context)
            throws Exception {
        boolean wasForgotten = last != null && last.isForgotten();
        boolean isForgotten =
                wasForgotten || (forgetAfter != null && next.state().isTerminal());
        if (forgetAfter != null && isForgotten && !wasForgotten) {
            long now = context.timerService().currentProcessingTime();
            context.timerService().registerProcessingTimeTimer(now + forgetAfter.toMillis());
        }
        if (isForgotten != wasForgotten || !next.equals(before)) { // writing is what costs
            requireNonNull(baseline).update(new Baseline(next.withName(null), isForgotten));
        }
    }

    /** Forgets a job, unless it was started again. */
    private void forget() throws Exception {
        Baseline last = requireNonNull(baseline).value();
        if (last != null && last.job().state().isTerminal()) {
            baseline.clear();
        } else if (last != null) {
            baseline.update(new Baseline(last.job(), false));
        }
    }

    private void report(JobRecord record, Verdict verdict, Collector<JobFinding> out) {
        int number = 0;
        for (Violation violation : verdict.violations()) {
            String name = requireNonNull(record.job()).name();
            out.collect(JobFinding.of(record.place(), number, name, violation));
            number++;
        }
        requireNonNull(findings).inc(number);
    }
}
