package org.joblifecycle.emulator.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.rpc.Code;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import io.vavr.control.Validation;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.joblifecycle.emulator.api.ApiException;
import org.joblifecycle.emulator.job.EmulatedJob.Entry;
import org.joblifecycle.emulator.scenario.Match;
import org.joblifecycle.emulator.scenario.Scenario;
import org.joblifecycle.emulator.scenario.Steps.Timed;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Violation;
import org.jspecify.annotations.Nullable;

/**
 * All jobs of an emulator. Each change is an event that is applied by the lifecycle of the job. Before anything is read or changed,
 * all that is due by the clock has happened, in the order of time and then of names. Thread-safe.
 */
final class Jobs {
    private static final long LEAST_ID = 1_000_000_000_000_000_000L;

    private static final Timed CONFIRMED = new Timed(Duration.ZERO, JobEvent.CONFIRM_CANCEL, null, null);

    private final EmulatorClock clock;
    private final long seed;
    private final Map<String, EmulatedJob> byName = new HashMap<>();

    /** How many jobs with the same fields there were, by their hash, so that no name is given twice. */
    private final Map<Long, Integer> equalJobs = new HashMap<>();

    private final NavigableMap<Long, EmulatedJob> byNumber = new ConcurrentSkipListMap<>();

    /** The jobs of each collection. */
    private final Map<String, NavigableMap<Long, EmulatedJob>> byCollection = new HashMap<>();

    /** The jobs by the number of their last change. */
    private final NavigableMap<Long, EmulatedJob> byChange = new ConcurrentSkipListMap<>();

    private final PriorityQueue<Due> agenda = new PriorityQueue<>(
            Comparator.comparing(Due::time).thenComparing(due -> due.job().name()));
    private Seq<Scenario> scenarios;
    private long created;

    /** Counts what happened to jobs. */
    private long changes;

    /** The number of the change that last removed a job. */
    private long lastRemoval;

    /** A step of a job that is due at some time; it is void if the job has another plan by then. */
    private record Due(Instant time, EmulatedJob job, int plan) {}

    Jobs(EmulatorClock clock, long seed, Seq<Scenario> scenarios) {
        this.clock = requireNonNull(clock, "clock");
        this.seed = seed;
        this.scenarios = requireNonNull(scenarios, "scenarios");
    }

    /** The scenarios of the jobs that are created from now on; the first that is for a job is taken. */
    synchronized void use(Seq<Scenario> scenarios) {
        this.scenarios = requireNonNull(scenarios, "scenarios");
    }

    /**
     * Creates a job, and lets happen what happens at once.
     *
     * @param parent such as {@code projects/p/locations/l}
     * @param fields the fields of the request; is kept
     * @param id the id that the client wants; null for one of the emulator's
     * @return the name of the job
     */
    synchronized String create(JobKind kind, String parent, ObjectNode fields, @Nullable String id) {
        settle();
        Instant now = clock.instant();
        String collection = parent + "/" + kind.collection() + "/";
        String name = id == null ? newName(collection, fields) : collection + id;
        if (byName.containsKey(name)) {
            throw ApiException.of(Code.ALREADY_EXISTS, "The " + kind.resource() + " \"" + name + "\" already exists.");
        }
        Scenario scenario = scenarios.find(each -> each.isFor(kind, fields)).getOrElse(Scenario.DEFAULT);
        EmulatedJob job = new EmulatedJob(
                name, kind, ++created, scenario, scenario.steps().draw(new SplittableRandom(seed ^ hash(name))));
        JobSnapshot unspecified = JobSnapshot.of(name, JobState.UNSPECIFIED);
        Timed first = job.steps().head();
        apply(job, unspecified, fields, first.event(), now, first.error(), first.set());
        job.tookStep();
        keep(job);
        plan(job, now);
        settle();
        return name;
    }

    /** A name that depends on nothing but the seed, the job itself, and how many such jobs there were before. */
    private String newName(String collection, ObjectNode fields) {
        String text = collection + fields;
        while (true) {
            int before = equalJobs.merge(hash(text), 1, Integer::sum) - 1;
            String name = collection + (LEAST_ID + Math.floorMod(hash(seed + " " + before + " " + text), LEAST_ID));
            if (!byName.containsKey(name)) {
                return name;
            }
        }
    }

    private static long hash(String text) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** The job of this name; null if there is none. */
    synchronized @Nullable EmulatedJob find(String name) {
        settle();
        return byName.get(name);
    }

    /** The jobs of a collection, such as {@code projects/p/locations/l/customJobs/}, whose numbers are less, the newest first. */
    synchronized Collection<EmulatedJob> list(String collection, long before) {
        settle();
        NavigableMap<Long, EmulatedJob> jobs = byCollection.get(collection);
        return jobs == null
                ? List.of()
                : jobs.headMap(before, false).descendingMap().values();
    }

    /** All jobs, in the order of their creation. */
    synchronized Seq<EmulatedJob> all() {
        settle();
        return Vector.ofAll(byNumber.values());
    }

    /** What happened after some change, given by its number. */
    synchronized Changes since(long change) {
        settle();
        return new Changes(
                changes,
                lastRemoval > change,
                List.copyOf(byChange.tailMap(change, false).values()));
    }

    /**
     * What happened to jobs.
     *
     * @param number of the last change
     * @param areRemoved whether jobs were removed
     * @param jobs those that there are and that were changed, in the order of their last changes
     */
    record Changes(long number, boolean areRemoved, List<EmulatedJob> jobs) {}

    EmulatorClock clock() {
        return clock;
    }

    /** What the clock shows. */
    Instant time() {
        return clock.instant();
    }

    /** Deletes all jobs, as if there had been none. */
    synchronized void clear() {
        delete(Match.ALL);
        equalJobs.clear();
    }

    /** Deletes all jobs for which this is. */
    synchronized void delete(Match match) {
        all().filter(job -> match.matches(job.kind(), job.current().fields())).forEach(this::delete);
    }

    /**
     * Puts a job there as it was recorded. Nothing happens to it by itself.
     *
     * @param snapshot the job; with its name
     * @param fields its other fields
     */
    synchronized void load(JobKind kind, JobSnapshot snapshot, ObjectNode fields) {
        String name = requireNonNull(snapshot.name(), "name");
        EmulatedJob job = byName.get(name);
        if (job == null) {
            job = new EmulatedJob(name, kind, ++created, Scenario.DEFAULT, Vector.empty());
            keep(job);
        }
        add(job, new Entry(snapshot.notBefore(Instant.MIN), null, snapshot, fields));
    }

    private void keep(EmulatedJob job) {
        byName.put(job.name(), job);
        byNumber.put(job.number(), job);
        byCollection
                .computeIfAbsent(collection(job.name()), key -> new ConcurrentSkipListMap<>())
                .put(job.number(), job);
    }

    private static String collection(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    /** Deletes a job; what was to happen to it does not. */
    synchronized void delete(EmulatedJob job) {
        byName.remove(job.name());
        byNumber.remove(job.number());
        byChange.remove(job.change());
        lastRemoval = ++changes;
        requireNonNull(byCollection.get(collection(job.name()))).remove(job.number());
        job.stop();
    }

    /**
     * Lets an event happen to a job now.
     *
     * @param error why the job failed; null if nothing is known
     * @return what is wrong with the event, or the job afterwards
     */
    synchronized Validation<Seq<Violation>, JobSnapshot> fire(
            EmulatedJob job, JobEvent event, @Nullable JobError error) {
        settle();
        Validation<Seq<Violation>, JobSnapshot> result =
                apply(job, job.current().snapshot(), job.current().fields(), event, clock.instant(), error, null);
        if (result.isValid()) {
            if (event == JobEvent.CANCEL) {
                job.cancel(job.scenario().onCancel().draw(new SplittableRandom(seed ^ hash(job.name() + " cancel"))));
                plan(job, clock.instant());
            } else if (job.isLate()) {
                job.setLate(false);
                agenda.add(new Due(clock.instant(), job, job.plan()));
            }
        }
        return result;
    }

    /**
     * Updates fields of a job that its lifecycle does not read, by UPDATE and FINISH_UPDATE.
     *
     * @param edit is given a copy of the fields to change
     * @return what is wrong with it, or the job afterwards
     */
    synchronized Validation<Seq<Violation>, JobSnapshot> update(EmulatedJob job, Consumer<ObjectNode> edit) {
        return fire(job, JobEvent.UPDATE, null).flatMap(updating -> {
            Instant now = updating.notBefore(clock.instant());
            ObjectNode fields = job.current().fields().deepCopy();
            edit.accept(fields);
            add(job, new Entry(now, null, updating.withUpdateTime(now), fields));
            return fire(job, JobEvent.FINISH_UPDATE, null);
        });
    }

    private Validation<Seq<Violation>, JobSnapshot> apply(
            EmulatedJob job,
            JobSnapshot before,
            ObjectNode fields,
            JobEvent event,
            Instant time,
            @Nullable JobError error,
            @Nullable ObjectNode set) {
        Instant now = before.notBefore(time);
        return JobLifecycle.authority(job.kind())
                .apply(before, event, now, error)
                .map(after -> {
                    ObjectNode next = fields;
                    ObjectNode results = Results.of(job.kind(), job.name(), event, fields);
                    if (results != null || set != null) {
                        next = fields.deepCopy();
                        if (results != null) {
                            next.setAll(results);
                        }
                        if (set != null) {
                            next.setAll(set);
                        }
                    }
                    add(job, new Entry(now, event, after, next));
                    return after;
                });
    }

    private void add(EmulatedJob job, Entry entry) {
        byChange.remove(job.change());
        job.add(entry, ++changes);
        byChange.put(changes, job);
    }

    private void plan(EmulatedJob job, Instant since) {
        if (!job.steps().isEmpty()) {
            agenda.add(new Due(since.plus(job.steps().head().delay()), job, job.plan()));
        }
    }

    /** Lets happen all that is due by now. */
    synchronized void settle() {
        Instant now = clock.instant();
        for (Due due = agenda.peek(); due != null && !due.time().isAfter(now); due = agenda.peek()) {
            agenda.remove();
            take(due);
        }
    }

    /**
     * A step that the lifecycle does not permit, since somebody else did something to the job, waits until it does. If it follows a
     * cancellation, such as a success of a job that has not started, the cancellation is confirmed instead.
     */
    private void take(Due due) {
        EmulatedJob job = due.job();
        if (due.plan() != job.plan() || job.steps().isEmpty()) {
            return;
        }
        Timed step = job.steps().head();
        boolean isDone =
                happens(job, due.time(), step) || (job.isBeingCancelled() && happens(job, due.time(), CONFIRMED));
        if (isDone) {
            job.tookStep();
            plan(job, due.time());
        } else {
            job.setLate(true);
        }
    }

    private boolean happens(EmulatedJob job, Instant time, Timed step) {
        Entry current = job.current();
        return apply(job, current.snapshot(), current.fields(), step.event(), time, step.error(), step.set())
                .isValid();
    }

    /**
     * Moves the clock forward, stopping at everything that is due on the way.
     *
     * @throws IllegalArgumentException if it is negative, or time would end
     */
    synchronized void advance(Duration duration) {
        clock.advance(duration);
        settle();
    }
}
