package org.joblifecycle.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.collection.Stream;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.testkit.Conformance;
import org.joblifecycle.testkit.ConformanceReport;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.IllegalUpdateException;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Violation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

// What every store does, wherever it keeps the jobs.
abstract class JobStoreContract {
    static final String NAME = "projects/p/locations/l/customJobs/7";
    static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    static final JobLifecycle OWNER = JobLifecycle.authority(JobKind.CUSTOM_JOB);
    static final int THREADS = 8;
    private static final int ROUNDS = 1000;
    private static final int OPERATIONS = 20_000;

    JobStore store;

    abstract JobStore open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    static JobSnapshot queued(String name) {
        return OWNER.applyOrThrow(JobSnapshot.of(name, JobState.UNSPECIFIED), JobEvent.ENQUEUE, NOON);
    }

    static InstantSource at(Instant time) {
        return InstantSource.fixed(time);
    }

    StoredJob create() {
        return store.create(queued(NAME)).orElseThrow();
    }

    StoredJob applied(StoredJob read, JobEvent event, int seconds) {
        return store.apply(read, event, NOON.plusSeconds(seconds), null).orElseThrow();
    }

    // Creating

    @Test
    void aNewJobIsVersionOne() {
        StoreOutcome outcome = store.create(queued(NAME));

        StoredJob stored = new StoredJob(queued(NAME), 1, null);
        assertEquals(
                new StoreOutcome.Done(null, stored, new Change.Stepped(JobTransition.UNSPECIFIED_TO_QUEUED)), outcome);
        assertTrue(((StoreOutcome.Done) outcome).isWritten());
        assertEquals(Option.some(stored), store.find(NAME));
    }

    @Test
    void aNewJobHasToBeginLikeOne() {
        JobSnapshot succeeded = queued(NAME).withState(JobState.SUCCEEDED).withEndTime(NOON);

        StoreOutcome outcome = store.create(succeeded);

        assertEquals(new StoreOutcome.Refused(null, OWNER.checkNew(succeeded).violations()), outcome);
        assertThrows(IllegalUpdateException.class, outcome::orElseThrow);
        assertTrue(store.find(NAME).isEmpty());
        assertTrue(store.history(NAME).isEmpty());
    }

    @Test
    void aNameIsCreatedOnce() {
        StoredJob first = create();

        StoreOutcome other = store.create(queued(NAME).withUpdateTime(NOON.plusSeconds(1)));

        assertEquals(new StoreOutcome.Overtaken(first), other);
        OvertakenException overtaken = assertThrows(OvertakenException.class, other::orElseThrow);
        assertEquals(first, overtaken.current());
        assertEquals(1, store.history(NAME).size());
    }

    @Test
    void aNewJobThatIsOfferedAgainIsDone() {
        StoredJob first = create();

        StoreOutcome.Done again = (StoreOutcome.Done) store.create(queued(NAME));

        assertEquals(new StoreOutcome.Done(first, first, new Change.Unchanged()), again);
        assertFalse(again.isWritten());
        assertEquals(1, store.history(NAME).size());
    }

    @Test
    void aJobThatIsStillUnspecifiedCanBeCreated() {
        JobSnapshot bare = JobSnapshot.of(NAME, JobState.UNSPECIFIED);

        StoreOutcome.Done done = (StoreOutcome.Done) store.create(bare);

        assertTrue(done.isWritten());
        assertEquals(bare, store.find(NAME).get().job());
    }

    // Updating

    @Test
    void anUpdateIsStoredOverWhatWasRead() {
        StoredJob read = create();
        JobSnapshot pending = OWNER.applyOrThrow(read.job(), JobEvent.PREPARE, NOON.plusSeconds(1));

        StoreOutcome outcome = store.update(read, pending);

        StoredJob after = new StoredJob(pending, 2, null);
        assertEquals(new StoreOutcome.Done(read, after, new Change.Stepped(JobTransition.QUEUED_TO_PENDING)), outcome);
        assertEquals(Option.some(after), store.find(NAME));
    }

    @Test
    void anIllegalUpdateIsRefusedWithEveryReason() {
        StoredJob read = create();
        JobSnapshot proposed = read.job().withState(JobState.PAUSED).withEndTime(NOON);

        StoreOutcome outcome = store.update(read, proposed);

        assertEquals(
                new StoreOutcome.Refused(read, OWNER.check(read.job(), proposed).violations()), outcome);
        assertTrue(((StoreOutcome.Refused) outcome).violations().size() > 1);
        assertEquals(Option.some(read), store.find(NAME));
        assertEquals(1, store.history(NAME).size());
    }

    @Test
    void whoeverIsOvertakenGetsWhatIsStored() {
        StoredJob read = create();
        StoredJob pending = applied(read, JobEvent.PREPARE, 1);

        JobSnapshot running = OWNER.applyOrThrow(read.job(), JobEvent.START, NOON.plusSeconds(2));
        assertEquals(new StoreOutcome.Overtaken(pending), store.update(read, running));
        assertEquals(new StoreOutcome.Overtaken(pending), store.apply(read, JobEvent.START, NOON.plusSeconds(2), null));
        assertEquals(Option.some(pending), store.find(NAME));
    }

    @Test
    void ofTwoAmendmentsThatLeaveStateAndUpdateTimeOneIsStored() {
        StoredJob read = create();
        JobSnapshot ended = OWNER.applyOrThrow(read.job(), JobEvent.FAIL, NOON.plusSeconds(1));
        StoredJob failed = store.update(read, ended.withError(null)).orElseThrow(); // why is reported later, by two
        JobSnapshot first = failed.job().withError(new JobError(8, "quota"));
        JobSnapshot second = failed.job().withError(new JobError(13, "internal"));

        StoredJob stored = store.update(failed, first).orElseThrow();

        assertEquals(new StoreOutcome.Overtaken(stored), store.update(failed, second));
        assertEquals(first, store.find(NAME).get().job());
    }

    @Test
    void whatWasReadHasToBeTheWholeJob() {
        StoredJob read = create();
        StoredJob other = new StoredJob(read.job().withUpdateTime(NOON.plusSeconds(1)), 1, null);

        assertEquals(
                new StoreOutcome.Overtaken(read),
                store.update(other, OWNER.applyOrThrow(other.job(), JobEvent.START, NOON.plusSeconds(2))));
    }

    @Test
    void anUpdateThatIsStoredAlreadyIsDone() {
        StoredJob read = create();
        JobSnapshot pending = OWNER.applyOrThrow(read.job(), JobEvent.PREPARE, NOON.plusSeconds(1));
        StoredJob stored = store.update(read, pending).orElseThrow();

        StoreOutcome.Done again = (StoreOutcome.Done) store.update(read, pending);

        assertFalse(again.isWritten());
        assertEquals(new StoreOutcome.Done(stored, stored, new Change.Unchanged()), again);
        assertEquals(2, store.history(NAME).size());
    }

    @Test
    void anUpdateCreatesNoJob() {
        StoredJob nobody = new StoredJob(queued(NAME), 1, null);

        StoreOutcome outcome = store.update(nobody, nobody.job());

        assertEquals(new StoreOutcome.Missing(NAME), outcome);
        NoSuchJobException missing = assertThrows(NoSuchJobException.class, outcome::orElseThrow);
        assertEquals(NAME, missing.name());
        assertEquals(new StoreOutcome.Missing(NAME), store.apply(nobody, JobEvent.START, NOON, null));
        assertEquals(new StoreOutcome.Missing(NAME), store.apply(NAME, JobEvent.START, at(NOON)));
        assertTrue(store.find(NAME).isEmpty());
        assertTrue(store.history(NAME).isEmpty());
    }

    @Test
    void anUpdateUnderAnotherNameIsRefused() {
        StoredJob read = create();

        for (String name : new String[] {"projects/p/locations/l/customJobs/8", null}) {
            StoreOutcome.Refused refused =
                    (StoreOutcome.Refused) store.update(read, read.job().withName(name));
            assertEquals(List.of(Rule.NAME_CHANGED), refused.violations().map(Violation::rule));
        }
        assertEquals(Option.some(read), store.find(NAME));
    }

    // Events

    @Test
    void anEventIsAppliedToTheJobAsItIs() {
        create();

        StoreOutcome.Done done = (StoreOutcome.Done) store.apply(NAME, JobEvent.START, at(NOON.plusNanos(1_999)));

        assertEquals(NOON.plusNanos(1_000), done.after().job().startTime(), "cut to microseconds");
        assertEquals(new Change.Stepped(JobTransition.QUEUED_TO_RUNNING), done.change());
        assertEquals(2, done.after().version());
        assertEquals(Option.some(done.after()), store.find(NAME));
    }

    @Test
    void aClockThatIsLateDoesNotRefuseAnEvent() {
        create();

        StoredJob running =
                store.apply(NAME, JobEvent.START, at(NOON.minusSeconds(1))).orElseThrow();

        assertEquals(NOON, running.job().startTime());
    }

    @Test
    void anEventAtAGivenTimeHappensThen() {
        StoredJob read = create();

        StoreOutcome.Refused refused =
                (StoreOutcome.Refused) store.apply(read, JobEvent.START, NOON.minusSeconds(1), null);

        assertEquals(List.of(Rule.UPDATE_TIME_REGRESSED), refused.violations().map(Violation::rule));
        assertEquals(NOON.plusSeconds(1), applied(read, JobEvent.START, 1).job().startTime());
    }

    @Test
    void anEventThatCannotHappenIsRefused() {
        StoredJob running = applied(create(), JobEvent.START, 1);

        StoreOutcome.Refused refused =
                (StoreOutcome.Refused) store.apply(NAME, JobEvent.START, at(NOON.plusSeconds(2)));

        assertEquals(running, refused.current());
        assertEquals(List.of(Rule.TRANSITION_ILLEGAL), refused.violations().map(Violation::rule));
    }

    @Test
    void aFailureCarriesItsError() {
        create();
        JobError error = new JobError(8, "x".repeat(100_000) + "é😀\n'\\");

        StoredJob failed = store.apply(NAME, JobEvent.FAIL, at(NOON), error).orElseThrow();

        assertEquals(error, failed.job().error());
        assertEquals(Option.some(failed), store.find(NAME));
    }

    // What is kept

    @Test
    void everyFieldIsKept() {
        StoredJob running = applied(create(), JobEvent.START, 1);
        StoredJob failed = store.apply(running, JobEvent.FAIL, NOON.plusSeconds(2), JobError.of(8))
                .orElseThrow();

        StoredJob read = store.find(NAME).get();

        assertEquals(failed, read);
        assertEquals("", read.job().error().message());
        assertEquals(NOON, read.job().createTime());
        assertEquals(NOON.plusSeconds(1), read.job().startTime());
        assertEquals(NOON.plusSeconds(2), read.job().endTime());
        assertEquals(NOON.plusSeconds(2), read.job().updateTime());
    }

    @Test
    void absentFieldsStayAbsent() {
        JobSnapshot bare = JobSnapshot.of(NAME, JobState.UNSPECIFIED);
        store.create(bare);

        assertEquals(Option.some(new StoredJob(bare, 1, null)), store.find(NAME));
        assertNull(store.history(NAME).get(0).stored().job().updateTime());
    }

    @Test
    void timesAreCutToMicroseconds() {
        Instant nanos = NOON.plusNanos(999_999_999);
        JobSnapshot job = OWNER.applyOrThrow(JobSnapshot.of(NAME, JobState.UNSPECIFIED), JobEvent.ENQUEUE, nanos);

        StoredJob stored = store.create(job).orElseThrow();

        assertEquals(NOON.plusNanos(999_999_000), stored.job().updateTime(), "not rounded");
        assertEquals(Option.some(stored), store.find(NAME));
        assertFalse(((StoreOutcome.Done) store.update(stored, job)).isWritten(), "the same job with nanoseconds");
    }

    @Test
    void theFirstAndTheLastYearAreKept() {
        for (String time : List.of("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z")) {
            String name = NAME + time.charAt(0);
            JobSnapshot job = OWNER.applyOrThrow(
                    JobSnapshot.of(name, JobState.UNSPECIFIED), JobEvent.ENQUEUE, Instant.parse(time));
            StoredJob stored = store.create(job).orElseThrow();
            assertEquals(Option.some(stored), store.find(name));
            assertEquals(stored, store.history(name).get(0).stored());
        }
    }

    @Test
    void aBodyIsKeptAsItIs() {
        String body = "{ \"b\": 1,\n\"a\": \"é😀\" , \"a\":1.0}" + " ".repeat(50_000);
        StoredJob read = store.create(queued(NAME), body).orElseThrow();
        assertEquals(Option.some(new StoredJob(queued(NAME), 1, body)), store.find(NAME));

        StoredJob started = applied(read, JobEvent.START, 1);
        assertEquals(body, started.body(), "an event keeps it");
        StoredJob amended = store.update(started, started.job(), "{}").orElseThrow();
        assertEquals(new StoredJob(started.job(), 3, "{}"), amended, "it can change alone");
        assertFalse(((StoreOutcome.Done) store.update(started, started.job(), "{}")).isWritten());
        assertEquals(new StoreOutcome.Overtaken(amended), store.update(started, started.job(), null));
        StoredJob bare = store.update(amended, amended.job(), null).orElseThrow();
        assertEquals(Option.some(bare), store.find(NAME));
        assertEquals(
                Vector.of(body, body, "{}", null),
                store.history(NAME).map(each -> each.stored().body()));
    }

    @Test
    void namesAreKeptUpTo1024Characters() {
        String prefix = "projects/p/locations/l/customJobs/";
        String name = prefix + random(1024 - prefix.length());

        StoredJob stored = store.create(queued(name)).orElseThrow();

        assertEquals(Option.some(stored), store.find(name));
        assertEquals(stored, store.history(name).get(0).stored());
        refuses("name has 1025 characters, 1025 bytes in UTF-8: expected at most 1024 and 2600", name + "x");
        refuses(
                "name has 901 characters, 2635 bytes in UTF-8: expected at most 1024 and 2600",
                prefix + "漢".repeat(867));
        String longest = prefix + "漢".repeat(855);
        assertEquals(longest, store.create(queued(longest)).orElseThrow().name());
    }

    private static String random(int length) {
        return new Random(42)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private void refuses(String message, String name) {
        assertEquals(
                message,
                assertThrows(UnstorableJobException.class, () -> store.create(queued(name)))
                        .getMessage());
        assertTrue(store.list(Query.all()).forAll(stored -> !stored.name().equals(name)));
    }

    @Test
    void aNameThatTellsNoKindIsRefused() {
        assertEquals(
                "name \"job-7\" tells no kind: expected one like projects/p/locations/l/customJobs/7, or a store with one"
                        + " lifecycle for all jobs",
                assertThrows(UnstorableJobException.class, () -> store.create(queued("job-7")))
                        .getMessage());
        for (String name : new String[] {null, ""}) {
            assertEquals(
                    "the job has no name: expected one to store it under",
                    assertThrows(UnstorableJobException.class, () -> store.create(queued(name)))
                            .getMessage());
        }
    }

    @Test
    void whatADatabaseDoesNotKeepIsRefusedBeforeAnythingIsWritten() {
        StoredJob read = create();
        List.of("\0", "\ud800", "\udc00", "\udc00\ud800", "\ud83d\ud83d\ude00").forEach(bad -> {
            JobError error = new JobError(8, "a\n" + bad);
            JobSnapshot failed = OWNER.applyOrThrow(read.job(), JobEvent.FAIL, NOON, error);
            List<Callable<Object>> calls = List.of(
                    () -> store.update(read, failed),
                    () -> store.apply(read, JobEvent.FAIL, NOON, error),
                    () -> store.apply(NAME, JobEvent.FAIL, at(NOON), error),
                    () -> store.update(read, read.job(), "a\n" + bad),
                    () -> store.create(queued(NAME + bad)),
                    () -> store.create(queued(NAME + "8"), bad));
            calls.forEach(call -> assertTrue(assertThrows(UnstorableJobException.class, call::call)
                    .getMessage()
                    .endsWith(": expected text that a database keeps as it is")));
        });
        assertEquals(
                "error.message has U+0000 at 2, after \"a\\u000a\": expected text that a database keeps as it is",
                assertThrows(
                                UnstorableJobException.class,
                                () -> store.apply(NAME, JobEvent.FAIL, at(NOON), new JobError(8, "a\n\0")))
                        .getMessage());
        assertEquals(Vector.of(read), store.list(Query.all()));
        assertEquals(1, store.history(NAME).size());
    }

    @Test
    void theLifecycleIsThatOfTheKind() {
        String name = "projects/p/locations/l/batchPredictionJobs/7";
        store.create(OWNER.applyOrThrow(JobSnapshot.of(name, JobState.UNSPECIFIED), JobEvent.ENQUEUE, NOON));
        store.apply(name, JobEvent.START, at(NOON)).orElseThrow();
        store.apply(name, JobEvent.CANCEL, at(NOON)).orElseThrow();

        StoredJob cancelled =
                store.apply(name, JobEvent.CONFIRM_CANCEL, at(NOON)).orElseThrow();

        assertNull(cancelled.job().error(), "a batch prediction job promises none");
    }

    // Listing

    @Test
    void jobsAreListedByStateInPages() {
        Seq<String> names = Stream.range(0, 25)
                .map(i -> "projects/p/locations/l/customJobs/%02d".formatted(i))
                .toVector();
        Vector.ofAll(names).reverse().forEach(name -> store.create(queued(name)));
        names.zipWithIndex()
                .filter(each -> each._2() % 2 == 0)
                .forEach(each -> store.apply(each._1(), JobEvent.PREPARE, at(NOON)));
        names.zipWithIndex()
                .filter(each -> each._2() % 5 == 0)
                .forEach(each -> store.apply(each._1(), JobEvent.START, at(NOON)));

        assertEquals(names, store.list(Query.all()).map(StoredJob::name));
        assertEquals(
                names.zipWithIndex()
                        .filter(each -> each._2() % 2 == 1 && each._2() % 5 != 0)
                        .map(each -> each._1()),
                store.list(Query.in(JobState.QUEUED)).map(StoredJob::name));
        assertTrue(store.list(Query.in(JobState.FAILED, JobState.PAUSED)).isEmpty());

        Query query = Query.in(JobState.QUEUED, JobState.PENDING).limit(3);
        Seq<String> listed = Vector.empty();
        for (Seq<StoredJob> page = store.list(query);
                !page.isEmpty();
                page = store.list(query.after(page.last().name()))) {
            assertTrue(page.size() <= 3 && listed.size() < names.size(), "a page comes once");
            page.forEach(each -> assertEquals(store.find(each.name()).get(), each));
            listed = listed.appendAll(page.map(StoredJob::name));
        }
        assertEquals(names.zipWithIndex().filter(each -> each._2() % 5 != 0).map(each -> each._1()), listed);
    }

    @Test
    void aPageHasAHundredJobsUnlessALimitIsSet() {
        IntStream.range(0, 101).forEach(i -> store.create(queued("projects/p/locations/l/customJobs/" + i)));

        assertEquals(100, store.list(Query.all()).size());
        assertEquals(101, store.list(Query.all().limit(Integer.MAX_VALUE)).size());
        assertEquals(
                "limit is 0: expected at least 1",
                assertThrows(IllegalArgumentException.class, () -> Query.all().limit(0))
                        .getMessage());
    }

    // The history

    @Test
    void theHistorySaysWhatHappened() {
        StoredJob created = create();
        StoredJob running = applied(created, JobEvent.START, 1);
        JobSnapshot ended = OWNER.applyOrThrow(running.job(), JobEvent.SUCCEED, NOON.plusSeconds(2));
        StoredJob succeeded = store.update(running, ended).orElseThrow();

        Seq<Recorded> history = store.history(NAME);

        assertEquals(Vector.of(created, running, succeeded), history.map(Recorded::stored));
        assertEquals(Vector.of(null, JobEvent.START, null), history.map(Recorded::event));
        assertEquals(Vector.of(null, JobState.QUEUED, JobState.RUNNING), history.map(Recorded::from));
        assertEquals(Vector.of(JobState.QUEUED, JobState.RUNNING, JobState.SUCCEEDED), history.map(Recorded::to));
        Duration age = Duration.between(history.get(0).recordedAt(), Instant.now());
        assertTrue(age.abs().compareTo(Duration.ofMinutes(10)) < 0, age::toString);
        assertTrue(OWNER.replay(history.map(each -> each.stored().job())).forAll(verdict -> verdict.isLegal()));
        assertTrue(store.history(NAME + "0").isEmpty());
    }

    // Races

    interface Work<T> {
        T in(int thread) throws Exception;
    }

    static <T> Seq<T> race(Work<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            Vector<Future<T>> futures = Stream.range(0, THREADS)
                    .map(thread -> threads.submit(() -> {
                        start.await();
                        return work.in(thread);
                    }))
                    .toVector();
            Vector<T> results = Vector.empty();
            for (Future<T> future : futures) {
                results = results.append(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void ofThoseWhoChangeOneVersionOneWins() throws Exception {
        create();
        store.apply(NAME, JobEvent.START, at(NOON)).orElseThrow();
        CyclicBarrier round = new CyclicBarrier(THREADS);
        Seq<Integer> won = race(thread -> {
            int wins = 0;
            for (int i = 0; i < ROUNDS; i++) {
                StoredJob read = store.find(NAME).get();
                round.await(10, TimeUnit.SECONDS);
                JobSnapshot proposed =
                        read.job().withUpdateTime(read.job().updateTime().plusMillis(1 + thread));
                StoreOutcome outcome = store.update(read, proposed);
                boolean isDone = outcome instanceof StoreOutcome.Done;
                assertTrue(isDone || outcome instanceof StoreOutcome.Overtaken, outcome::toString);
                wins += isDone ? 1 : 0;
                round.await(10, TimeUnit.SECONDS);
            }
            return wins;
        });

        assertEquals(ROUNDS, won.sum().intValue());
        assertEquals(ROUNDS + 2L, store.find(NAME).get().version());
        assertEquals(
                Vector.rangeClosed(1L, ROUNDS + 2L),
                store.history(NAME).map(each -> each.stored().version()));
    }

    @Test
    void ofThoseWhoCreateOneJobOneWins() throws Exception {
        for (int i = 0; i < 20; i++) {
            String name = NAME + i;
            Seq<StoreOutcome> outcomes =
                    race(thread -> store.create(queued(name).withUpdateTime(NOON.plusSeconds(thread))));
            StoredJob stored = store.find(name).get();
            assertEquals(
                    1,
                    outcomes.count(outcome -> outcome instanceof StoreOutcome.Done done
                            && done.after().equals(stored)));
            assertEquals(THREADS - 1, outcomes.count(outcome -> outcome.equals(new StoreOutcome.Overtaken(stored))));
        }
    }

    @Test
    void ofThoseWhoStartOneJobOneDoes() throws Exception {
        for (int i = 0; i < 20; i++) {
            String name = NAME + i;
            store.create(queued(name));
            Seq<StoreOutcome> outcomes =
                    race(thread -> store.apply(name, JobEvent.START, at(NOON.plusSeconds(thread))));
            assertEquals(1, outcomes.count(outcome -> outcome instanceof StoreOutcome.Done));
            assertEquals(THREADS - 1, outcomes.count(outcome -> outcome instanceof StoreOutcome.Refused));
        }
    }

    @Test
    void everythingThatWasAcknowledgedIsInTheHistoryOnce() throws Exception {
        Vector<String> names = Stream.range(0, 20).map(i -> NAME + i).toVector();
        names.forEach(name -> store.create(queued(name)));
        Seq<Vector<StoreOutcome.Done>> acknowledged = race(thread -> {
            Random random = new Random(thread);
            Vector<StoreOutcome.Done> done = Vector.empty();
            for (int i = 0; i < OPERATIONS / THREADS; i++) {
                String name = names.get(random.nextInt(random.nextBoolean() ? names.size() : 2));
                StoreOutcome outcome = random.nextBoolean() ? event(name, random) : update(name, random);
                if (outcome instanceof StoreOutcome.Done each && each.isWritten()) {
                    done = done.append(each);
                }
            }
            return done;
        });

        Seq<StoreOutcome.Done> all = acknowledged.flatMap(each -> each);
        assertTrue(all.size() > OPERATIONS / 10, () -> all.size() + " were done");
        for (String name : names) {
            Seq<Recorded> history = store.history(name);
            assertEquals(
                    Vector.rangeClosed(1L, store.find(name).get().version()),
                    history.map(each -> each.stored().version()));
            assertEquals(
                    all.filter(done -> done.after().name().equals(name))
                            .map(StoreOutcome.Done::after)
                            .sortBy(StoredJob::version),
                    history.tail().map(Recorded::stored));
            assertEquals(store.find(name).get(), history.last().stored());
            assertTrue(OWNER.replay(history.map(each -> each.stored().job())).forAll(verdict -> verdict.isLegal()));
        }
    }

    private static final Vector<JobEvent> CYCLE = Vector.of(JobEvent.START, JobEvent.PAUSE, JobEvent.RESUME);

    private StoreOutcome event(String name, Random random) {
        return store.apply(name, CYCLE.get(random.nextInt(CYCLE.size())), InstantSource.system());
    }

    private StoreOutcome update(String name, Random random) {
        StoredJob read = store.find(name).get();
        return store.update(
                read, read.job().withUpdateTime(read.job().updateTime().plusMillis(random.nextInt(100))));
    }

    // The whole suite

    @Test
    void aStoreConforms() {
        ConformanceReport report =
                Conformance.of(OWNER, () -> new StoreSystem(store, OWNER)).run(programs(), 42);

        assertTrue(report.isPassed(), report::toString);
    }

    int programs() {
        return 200;
    }
}
