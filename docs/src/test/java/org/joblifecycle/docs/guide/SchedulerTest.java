package org.joblifecycle.docs.guide;

import static java.time.temporal.ChronoUnit.MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.List;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.NoSuchElementException;
import org.joblifecycle.docs.guide.JobTable.Stored;
import org.joblifecycle.docs.guide.Scheduler.Response;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.Evidence;
import org.joblifecycle.transition.IllegalUpdateException;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private static final String NAME = Jobs.CUSTOM_JOB;
    private static final String OTHER = NAME + "1";
    private static final Instant NANOS = Jobs.NOON.plusNanos(123_456_789);
    private static final Instant LATER = NANOS.plusSeconds(60);
    private static final JobSnapshot FAILED =
            Jobs.pending(NAME).withState(JobState.FAILED).withEndTime(Jobs.NOON).withUpdateTime(Jobs.NOON);

    private Database database;
    private JobTable store;
    private Scheduler scheduler;

    @BeforeEach
    void openDatabase() throws SQLException {
        database = Database.open();
        store = new JobTable(database.source());
        scheduler = new Scheduler(store, Clock.fixed(NANOS, ZoneOffset.UTC));
    }

    @AfterEach
    void closeDatabase() throws SQLException {
        database.close();
    }

    private interface Call {
        Response on(Scheduler scheduler) throws SQLException;
    }

    /** What a scheduler says that has one job, which is running. */
    private static String body(Call call) {
        try (Database database = Database.open()) {
            JobTable store = new JobTable(database.source());
            store.insert(Jobs.running(NAME));
            return call.on(new Scheduler(store, Clock.systemUTC())).body();
        } catch (SQLException e) {
            throw new AssertionError("the example cannot be run", e);
        }
    }

    /** What the scheduler answers to an update that breaks three rules. */
    static String refusal() {
        Instant later = Jobs.NOON.plusSeconds(90);
        JobSnapshot proposed = Jobs.running(NAME)
                .withState(JobState.CANCELLED)
                .withStartTime(null)
                .withEndTime(later)
                .withUpdateTime(later)
                .withError(new JobError(13, "worker lost"));
        return body(scheduler -> scheduler.update(NAME, 1, proposed));
    }

    @Test
    void anUpdateIsRefusedWithEveryReason() {
        assertEquals(
                List.of("error-code-invalid", "transition-illegal", "start-time-changed"),
                List.of(refusal().split("\n")).map(line -> line.substring(0, line.indexOf(':'))));
    }

    @Test
    void aRefusedUpdateIsNotStored() throws SQLException {
        store.insert(Jobs.pending(NAME));

        assertEquals(
                409,
                scheduler
                        .update(NAME, 1, Jobs.pending(NAME).withState(JobState.PAUSED))
                        .status());
        assertThrows(IllegalUpdateException.class, () -> scheduler.fire(NAME, JobEvent.PAUSE, null));
        assertEquals(new Stored(Jobs.pending(NAME), 1), store.find(NAME));
    }

    @Test
    void aLegalUpdateIsStoredAndAnsweredWithItsVersion() throws SQLException {
        store.insert(Jobs.pending(NAME));
        JobSnapshot failed = FAILED.withEndTime(LATER).withUpdateTime(LATER).withError(JobError.of(8));

        assertEquals(Response.stored(2), scheduler.update(NAME, 1, failed));
        assertEquals(new Stored(failed.truncatedTo(MICROS), 2), store.find(NAME));
        assertEquals(Response.stored(3), scheduler.update(NAME, 2, failed.withUpdateTime(LATER.plusSeconds(1))));
    }

    @Test
    void anUpdateOfAJobThatNobodySubmittedIsNotStored() throws SQLException {
        JobSnapshot ghost = Jobs.running(NAME);

        assertEquals(Response.notFound(NAME), scheduler.update(NAME, 0, ghost));
        assertEquals(Response.notFound(NAME), scheduler.update(NAME, 1, ghost));
        assertNull(store.find(NAME));
        assertTrue(
                JobLifecycle.authority(JobKind.CUSTOM_JOB).check(null, ghost).isLegal(),
                "nothing but the store knows that it is none");
    }

    @Test
    void anEventOfAJobThatNobodySubmittedIsNotApplied() throws SQLException {
        NoSuchElementException missing =
                assertThrows(NoSuchElementException.class, () -> scheduler.fire(NAME, JobEvent.ENQUEUE, null));

        assertEquals("there is no job " + NAME, missing.getMessage());
        assertNull(store.find(NAME));
    }

    @Test
    void anUpdateUnderTheNameOfAnotherJobIsRefused() throws SQLException {
        store.insert(Jobs.pending(NAME));
        store.insert(Jobs.pending(OTHER));
        JobSnapshot started = scheduler.fire(OTHER, JobEvent.START, null);

        Response response = scheduler.update(NAME, 1, started);

        assertEquals(409, response.status());
        assertTrue(response.body().startsWith("name-changed: "), response::body);
        assertEquals(new Stored(Jobs.pending(NAME), 1), store.find(NAME));
        assertEquals(new Stored(started, 2), store.find(OTHER));
    }

    @Test
    void anUpdateWithoutItsNameOrUpdateTimeIsRefused() throws SQLException {
        store.insert(Jobs.pending(NAME));

        Response response = scheduler.update(NAME, 1, FAILED.withName(null).withUpdateTime(null));

        assertEquals(409, response.status());
        assertEquals(
                List.of("name-changed", "update-time-regressed"),
                List.of(response.body().split("\n")).map(line -> line.substring(0, line.indexOf(':'))));
        assertEquals(new Stored(Jobs.pending(NAME), 1), store.find(NAME));
    }

    @Test
    void anUpdateOfAnEarlierVersionIsOvertaken() throws SQLException {
        store.insert(Jobs.running(NAME));
        JobSnapshot paused = scheduler.fire(NAME, JobEvent.PAUSE, null);

        JobSnapshot reported = Jobs.running(NAME).withUpdateTime(LATER);
        assertEquals(Response.overtaken(), scheduler.update(NAME, 1, reported), "or the report would resume the job");
        assertEquals(new Stored(paused, 2), store.find(NAME));
        assertEquals(Response.overtaken(), scheduler.update(NAME, 3, reported), "there is no such version yet");
    }

    @Test
    void ofTwoAmendmentsHoursApartTheSecondIsOvertaken() throws SQLException {
        store.insert(FAILED);
        long read = store.find(NAME).version(); // by two workers, both of which know why the job failed
        JobSnapshot first = FAILED.withError(JobError.of(8));
        JobSnapshot second = FAILED.withError(JobError.of(13)); // hours later, and no updateTime moves

        assertEquals(Response.stored(2), scheduler.update(NAME, read, first));
        assertEquals(Response.overtaken(), scheduler.update(NAME, read, second));
        assertEquals(409, scheduler.update(NAME, 2, second).status(), "decided again, it breaks error-changed");
        assertEquals(new Stored(first, 2), store.find(NAME));
    }

    @Test
    void anUpdateThatIsSentAgainIsOvertakenByItself() throws SQLException {
        store.insert(Jobs.pending(NAME));

        assertEquals(Response.stored(2), scheduler.update(NAME, 1, FAILED));
        assertEquals(Response.overtaken(), scheduler.update(NAME, 1, FAILED));
        assertEquals(Response.stored(3), scheduler.update(NAME, 2, FAILED), "what is stored may be sent");
        assertEquals(FAILED, store.find(NAME).job());
    }

    @Test
    void anEventIsAppliedAndStored() throws SQLException {
        store.insert(Jobs.pending(NAME));
        JobSnapshot next = scheduler.fire(NAME, JobEvent.START, null);

        assertEquals(NANOS.truncatedTo(MICROS), next.startTime());
        assertEquals(new Stored(next, 2), store.find(NAME));
    }

    @Test
    void anEventIsDecidedAgainWhereItWasOvertaken() throws SQLException {
        store.insert(Jobs.pending(NAME));
        boolean[] isOvertaken = {false};
        InstantSource clock = () -> {
            if (!isOvertaken[0]) {
                isOvertaken[0] = true;
                start();
            }
            return LATER;
        };

        JobSnapshot failed = new Scheduler(store, clock.withZone(ZoneOffset.UTC)).fire(NAME, JobEvent.FAIL, null);

        assertEquals(NANOS.truncatedTo(MICROS), failed.startTime(), "the start of the other is kept");
        assertEquals(new Stored(failed, 3), store.find(NAME));
    }

    private void start() {
        try {
            scheduler.fire(NAME, JobEvent.START, null);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aNewJobIsCheckedAndStored() throws SQLException {
        JobSnapshot queued =
                JobSnapshot.of(NAME, JobState.QUEUED).withCreateTime(NANOS).withUpdateTime(NANOS);

        assertEquals(Response.stored(1), scheduler.create(queued));
        assertEquals(new Stored(queued.truncatedTo(MICROS), 1), store.find(NAME));
    }

    @Test
    void aNewJobDoesNotReplaceAnotherOne() throws SQLException {
        store.insert(Jobs.running(NAME));

        assertEquals(Response.exists(NAME), scheduler.create(Jobs.pending(NAME)));
        assertEquals(new Stored(Jobs.running(NAME), 1), store.find(NAME));
    }

    @Test
    void aNewJobWithoutANameIsRefused() throws SQLException {
        assertEquals(Response.nameless(), scheduler.create(Jobs.pending(null)));
        assertEquals(Response.nameless(), scheduler.create(Jobs.pending("")));
        assertNull(store.find(""));
    }

    /** What a new job is refused with that claims to have succeeded already. */
    static String refusalOfNew() {
        return body(scheduler -> scheduler.create(Jobs.succeeded(OTHER)));
    }

    @Test
    void aNewJobThatSucceededAlreadyIsRefused() throws SQLException {
        assertEquals(409, scheduler.create(Jobs.succeeded(NAME)).status());
        assertTrue(refusalOfNew().contains("transition-illegal: cannot go from UNSPECIFIED to SUCCEEDED: "));
        assertNull(store.find(NAME));
        assertTrue(JobLifecycle.authority(JobKind.CUSTOM_JOB)
                .check(Jobs.succeeded(NAME))
                .isLegal());
    }

    @Test
    void aNewJobNeedsNeitherTimesNorAName() {
        Verdict verdict =
                JobLifecycle.authority(JobKind.CUSTOM_JOB).checkNew(JobSnapshot.of(NAME, JobState.UNSPECIFIED));

        assertEquals(new Change.Unchanged(), verdict.change());
        assertTrue(verdict.isLegal());
        assertTrue(JobLifecycle.authority(JobKind.CUSTOM_JOB)
                .checkNew(Jobs.pending(null))
                .isLegal());
    }

    @Test
    void aServiceThatCannotPauseExcludesTheEdge() {
        // guide: without-edges
        JobLifecycle owner = JobLifecycle.authority(JobKind.TUNING_JOB).without(JobTransition.RUNNING_TO_PAUSED);
        // end
        assertEquals(
                EnumSet.of(
                        JobEvent.SUCCEED,
                        JobEvent.SUCCEED_PARTIALLY,
                        JobEvent.FAIL,
                        JobEvent.EXPIRE,
                        JobEvent.CANCEL,
                        JobEvent.UPDATE,
                        JobEvent.RESTART),
                owner.permittedEvents(Jobs.running(Jobs.TUNING_JOB)));
    }

    @Test
    void anExcludedRuleIsNotReported() {
        // guide: without-rules
        JobLifecycle mirror =
                JobLifecycle.observer(JobKind.TUNING_JOB).without(Rule.UPDATE_TIME_ORDER, Rule.END_TIME_REQUIRED);
        // end
        assertTrue(mirror.check(
                        Jobs.succeeded(Jobs.TUNING_JOB).withEndTime(null).withUpdateTime(Jobs.NOON.minusSeconds(5)))
                .isLegal());
    }

    @Test
    void inferredEdgesCanBeExcluded() {
        // guide: without-inferred
        JobTransition[] inferred = Arrays.stream(JobTransition.values())
                .filter(edge -> edge.evidence().basis() == Evidence.Basis.INFERRED)
                .toArray(JobTransition[]::new);
        JobLifecycle strict = JobLifecycle.authority(JobKind.TUNING_JOB).without(inferred);
        // end
        assertEquals(
                EnumSet.of(JobEvent.ENQUEUE, JobEvent.START, JobEvent.FAIL),
                strict.permittedEvents(Jobs.pending(Jobs.TUNING_JOB)));
    }
}
