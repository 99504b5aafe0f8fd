package org.joblifecycle.json;

import static org.joblifecycle.json.Unreadable.Reason.NAME_MISSING;
import static org.joblifecycle.json.Unreadable.Reason.STATE_MISSING;
import static org.joblifecycle.json.Unreadable.Reason.STATE_UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.tuning.TuningJob;

// The reader of snapshots and the reader of tuning jobs say the same about the same text.
class AgreementProperties {
    // What the reader of tuning jobs keeps as it is, and only its snapshot lacks.
    private static final Set<Unreadable.Reason> KEPT = Set.of(NAME_MISSING, STATE_MISSING, STATE_UNKNOWN);

    @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReportMode.OFF)
    void bothReadersReadTheSameOfTheSameText(@ForAll("objects") String json) {
        assertAgreement(json);
        boolean isRead = JobJson.read(json).isValid();
        Statistics.label("read").collect(isRead);
        Statistics.label("read").coverage(coverage -> {
            coverage.check(true).percentage(share -> share > 10);
            coverage.check(false).percentage(share -> share > 10);
        });
    }

    private static void assertAgreement(String json) {
        Validation<Unreadable, JobSnapshot> snapshot = JobJson.read(json);
        Validation<Seq<UnreadableField>, TuningJob> tuningJob = TuningJobJson.read(json);
        if (snapshot.isValid()) {
            assertEquals(
                    snapshot.get(),
                    tuningJob
                            .getOrElseThrow(() -> new AssertionError(json + ": " + tuningJob.getError()))
                            .snapshot()
                            .get(),
                    json);
        } else if (tuningJob.isValid()) {
            Unreadable fault = snapshot.getError();
            assertTrue(KEPT.contains(fault.reason()), () -> json + ": " + fault);
            boolean hasName = fault.reason() != NAME_MISSING;
            assertTrue(!hasName || tuningJob.get().snapshot().isInvalid(), json);
        }
    }

    @Example
    void aTimeThatLiesInAnotherYearInUtcIsOfSnapshotsOnly() {
        String json = "{\"name\":\"a\",\"state\":3,\"createTime\":\"0001-01-01T00:00:00+23:59\"}";
        assertTrue(JobJson.read(json).isValid());
        assertTrue(TuningJobJson.read(json).isInvalid());
    }

    @Provide
    static Arbitrary<String> objects() {
        Arbitrary<String> texts = Arbitraries.of("\"a\"", "\"a/tuningJobs/1\"", "\"é\\n\"", "\"\"", "7", "null", "{}");
        Arbitrary<String> states = Arbitraries.of(
                "\"JOB_STATE_RUNNING\"",
                "\"JOB_STATE_PAUSED\"",
                "\"JOB_STATE_LOST\"",
                "\"RUNNING\"",
                "\"3\"",
                "\"\"",
                "3",
                "3.0",
                "30e-1",
                "12",
                "-1",
                "1.5",
                "null",
                "true",
                "[]");
        Arbitrary<String> times = Arbitraries.of(
                "\"2024-05-01T12:00:00Z\"",
                "\"2024-05-01t12:00:00.123456789+05:30\"",
                "\"0001-01-01T00:00:00Z\"",
                "\"9999-12-31T23:59:59.999999999z\"",
                "\"2024-02-30T12:00:00Z\"",
                "\"2024-05-01T12:00:60Z\"",
                "\"2024-05-01T12:00:00.Z\"",
                "\"2024-05-01\"",
                "\"\"",
                "1714564800",
                "null",
                "{\"seconds\":1}");
        Arbitrary<String> codes = Arbitraries.of(
                "8",
                "\"8\"",
                "8.0",
                "\"80e-1\"",
                "\"+8\"",
                "\"8.\"",
                "\".8e1\"",
                "\"08\"",
                "\" 8\"",
                "\"\"",
                "\"x\"",
                "-2147483648",
                "2147483648",
                "\"2147483648\"",
                "1.5",
                "null",
                "true");
        Arbitrary<String> errors = Arbitraries.frequencyOf(
                Tuple.of(
                        8,
                        Combinators.combine(
                                        codes.map(code -> "\"code\":" + code),
                                        texts.map(message -> "\"message\":" + message))
                                .as((code, message) -> "{" + code + "," + message + ",\"details\":[]}")),
                Tuple.of(1, Arbitraries.of("{}", "null", "[]", "\"x\"")));
        Arbitrary<String> members = Arbitraries.oneOf(
                member(texts, "name"),
                member(states, "state"),
                member(times, "createTime", "create_time"),
                member(times, "startTime", "start_time"),
                member(times, "updateTime", "update_time", "endTime", "end_time"),
                member(errors, "error"),
                member(Arbitraries.of("\"m\"", "null"), "baseModel", "base_model"),
                member(texts, "x", "job_state", "status"));
        return members.list()
                .ofMaxSize(6)
                .map(list -> "{\"name\":\"a/tuningJobs/2\",\"state\":\"JOB_STATE_QUEUED\"" + (list.isEmpty() ? "" : ",")
                        + String.join(",", list) + "}");
    }

    private static Arbitrary<String> member(Arbitrary<String> values, String... keys) {
        return Combinators.combine(Arbitraries.of(keys), values).as((key, value) -> "\"" + key + "\":" + value);
    }
}
