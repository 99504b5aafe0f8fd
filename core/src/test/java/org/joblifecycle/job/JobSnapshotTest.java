package org.joblifecycle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.temporal.UnsupportedTemporalTypeException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobSnapshotTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123456789Z");
    static final JobSnapshot FULL = JobSnapshot.of("customJobs/1", JobState.FAILED)
            .withCreateTime(AT)
            .withStartTime(AT.plusSeconds(1))
            .withEndTime(AT.plusSeconds(2))
            .withUpdateTime(AT.plusSeconds(3))
            .withError(new JobError(8, "disk"));

    private static final Map<JobField, UnaryOperator<JobSnapshot>> CHANGES = new EnumMap<>(Map.of(
            JobField.NAME, job -> job.withName("customJobs/2"),
            JobField.STATE, job -> job.withState(JobState.CANCELLED),
            JobField.CREATE_TIME, job -> job.withCreateTime(AT.minusNanos(1)),
            JobField.START_TIME, job -> job.withStartTime(AT.minusNanos(1)),
            JobField.END_TIME, job -> job.withEndTime(AT.minusNanos(1)),
            JobField.UPDATE_TIME, job -> job.withUpdateTime(AT.minusNanos(1)),
            JobField.ERROR, job -> job.withError(new JobError(8, "disc"))));

    private static final Map<JobField, UnaryOperator<JobSnapshot>> REMOVALS = new EnumMap<>(Map.of(
            JobField.NAME, job -> job.withName(null),
            JobField.CREATE_TIME, job -> job.withCreateTime(null),
            JobField.START_TIME, job -> job.withStartTime(null),
            JobField.END_TIME, job -> job.withEndTime(null),
            JobField.UPDATE_TIME, job -> job.withUpdateTime(null),
            JobField.ERROR, job -> job.withError(null)));

    @Test
    void aSnapshotIsWhatItWasMadeOf() {
        assertEquals("customJobs/1", FULL.name());
        assertEquals(JobState.FAILED, FULL.state());
        assertEquals(AT, FULL.createTime());
        assertEquals(AT.plusSeconds(1), FULL.startTime());
        assertEquals(AT.plusSeconds(2), FULL.endTime());
        assertEquals(AT.plusSeconds(3), FULL.updateTime());
        assertEquals(new JobError(8, "disk"), FULL.error());
    }

    @ParameterizedTest
    @EnumSource
    void aWitherChangesItsFieldAndNothingElse(JobField changed) {
        for (UnaryOperator<JobSnapshot> change : Stream.of(
                        CHANGES.get(changed), REMOVALS.getOrDefault(changed, CHANGES.get(changed)))
                .toList()) {
            List<Object> original = values(FULL);
            JobSnapshot other = change.apply(FULL);
            for (JobField field : JobField.values()) {
                assertEquals(field == changed, field.differs(FULL, other), field::wireName);
                assertEquals(field == changed, field.differs(other, FULL), field::wireName);
            }
            assertEquals(original, values(FULL));
            assertNotEquals(FULL, other);
            assertNotEquals(other, FULL);
            assertNotEquals(FULL.hashCode(), other.hashCode());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STATE")
    void nullTakesAFieldAway(JobField field) {
        assertNull(field.of(REMOVALS.get(field).apply(FULL)));
    }

    @Test
    void anEmptyNameIsNone() {
        assertNull(JobSnapshot.of("", JobState.QUEUED).name());
        assertNull(FULL.withName("").name());
        assertEquals(JobSnapshot.of(null, JobState.QUEUED), JobSnapshot.of("", JobState.QUEUED));
        assertEquals(" ", FULL.withName(" ").name());
    }

    @Test
    void equalFieldsMakeEqualSnapshots() {
        JobSnapshot same = JobSnapshot.of(new String("customJobs/1"), JobState.FAILED)
                .withError(new JobError(8, "disk"))
                .withUpdateTime(Instant.parse("2026-01-01T00:00:03.123456789Z"))
                .withEndTime(Instant.parse("2026-01-01T00:00:02.123456789Z"))
                .withStartTime(Instant.parse("2026-01-01T00:00:01.123456789Z"))
                .withCreateTime(Instant.parse("2026-01-01T00:00:00.123456789Z"));
        assertEquals(FULL, same);
        assertEquals(FULL.hashCode(), same.hashCode());
        assertEquals(FULL, FULL);
        assertNotEquals(null, FULL);
        assertNotEquals(FULL, new Object());
    }

    @Test
    void theFourTimesAreDistinguished() {
        JobSnapshot bare = JobSnapshot.of(null, JobState.QUEUED);
        List<JobSnapshot> one = List.of(
                bare, bare.withCreateTime(AT), bare.withStartTime(AT), bare.withEndTime(AT), bare.withUpdateTime(AT));
        assertEquals(5, one.stream().distinct().count());
        assertEquals(5, one.stream().map(JobSnapshot::hashCode).distinct().count());
    }

    @Test
    void theHashCodeIsMadeOfAllFieldsAndIsTheSameInEveryRun() {
        int hash = 0;
        for (JobField field : JobField.values()) {
            Object value = field == JobField.STATE ? FULL.state().number() : field.of(FULL);
            hash = 31 * hash + value.hashCode();
        }
        assertEquals(hash, FULL.hashCode());
    }

    @Test
    void truncatingCutsTheFourTimesAndNothingElse() {
        assertEquals(
                JobSnapshot.of("customJobs/1", JobState.FAILED)
                        .withCreateTime(Instant.parse("2026-01-01T00:00:00.123456Z"))
                        .withStartTime(Instant.parse("2026-01-01T00:00:01.123456Z"))
                        .withEndTime(Instant.parse("2026-01-01T00:00:02.123456Z"))
                        .withUpdateTime(Instant.parse("2026-01-01T00:00:03.123456Z"))
                        .withError(new JobError(8, "disk")),
                FULL.truncatedTo(ChronoUnit.MICROS));
        assertEquals(FULL, FULL.truncatedTo(ChronoUnit.NANOS));
        JobSnapshot bare = JobSnapshot.of(null, JobState.QUEUED);
        assertEquals(bare, bare.truncatedTo(ChronoUnit.DAYS));
        assertThrows(UnsupportedTemporalTypeException.class, () -> FULL.truncatedTo(ChronoUnit.WEEKS));
    }

    @Test
    void notBeforeIsTheLaterOfNowAndTheTimesOfTheJob() {
        JobSnapshot bare = JobSnapshot.of(null, JobState.QUEUED);
        assertEquals(AT, bare.notBefore(AT));
        for (JobSnapshot job : List.of(
                bare.withCreateTime(AT), bare.withStartTime(AT), bare.withEndTime(AT), bare.withUpdateTime(AT))) {
            assertEquals(AT, job.notBefore(AT.minusNanos(1)), job::toString);
            assertEquals(AT, job.notBefore(AT), job::toString);
            assertEquals(AT.plusNanos(1), job.notBefore(AT.plusNanos(1)), job::toString);
        }
        assertEquals(AT.plusSeconds(3), FULL.notBefore(Instant.MIN));
        assertEquals(AT.plusSeconds(4), FULL.withStartTime(AT.plusSeconds(4)).notBefore(AT));
        assertEquals(Instant.MAX, FULL.notBefore(Instant.MAX));
    }

    @Test
    void theTextNamesTheFieldsThatTheJobCarries() {
        assertEquals(
                "JobSnapshot[state=QUEUED]",
                JobSnapshot.of(null, JobState.QUEUED).toString());
        assertEquals(
                "JobSnapshot[name=customJobs/1, state=FAILED, createTime=2026-01-01T00:00:00.123456789Z,"
                        + " startTime=2026-01-01T00:00:01.123456789Z, endTime=2026-01-01T00:00:02.123456789Z,"
                        + " updateTime=2026-01-01T00:00:03.123456789Z, error=JobError[code=8, message=disk]]",
                FULL.toString());
    }

    @Test
    void aNullWhereNoneIsAllowedIsNamed() {
        assertNamed("state", () -> JobSnapshot.of("a", null));
        assertNamed("state", () -> FULL.withState(null));
        assertNamed("unit", () -> FULL.truncatedTo(null));
        assertNamed("now", () -> FULL.notBefore(null));
    }

    private static void assertNamed(String argument, Executable call) {
        assertEquals(argument, assertThrows(NullPointerException.class, call).getMessage());
    }

    private static List<Object> values(JobSnapshot job) {
        List<Object> values = new ArrayList<>();
        for (JobField field : JobField.values()) {
            values.add(field.of(job));
        }
        return values;
    }

    @Test
    void aNameOrAnErrorCannotForgeALineOfALog() {
        JobSnapshot job = JobSnapshot.of("jobs/1\nERROR forged \u001b[31m", JobState.FAILED)
                .withError(new JobError(8, "disk\r\nfull\u2028"));

        assertEquals(
                "JobSnapshot[name=jobs/1\\u000aERROR forged \\u001b[31m, state=FAILED, error=JobError[code=8,"
                        + " message=disk\\u000d\\u000afull\\u2028]]",
                job.toString());
    }
}
