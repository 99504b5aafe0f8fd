package org.joblifecycle.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import io.vavr.control.Validation;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.JobJson;
import org.joblifecycle.testkit.jqwik.JobArbitraries;

class JobProtobufProperties {
    @Property(edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReportMode.OFF)
    void aJobThatIsWrittenAndSentIsReadAsTheSame(@ForAll("jobsAndTypes") Tuple2<JobSnapshot, Message> drawn) {
        JobSnapshot job = drawn._1();
        Message type = drawn._2();

        Message message = JobMessages.sent(JobProtobuf.write(job, type).get());

        assertEquals(Validation.valid(job), JobProtobuf.read(message));
        assertEquals(Validation.valid(job), JobProtobuf.read(JobMessages.dynamic(message)));
        assertEquals(type.getClass(), message.getClass());
        Statistics.label("type").collect(type.getDescriptorForType().getFullName(), type.getClass());
        Statistics.label("state").collect(job.state());
        Statistics.label("type")
                .coverage(coverage -> JobMessages.ALL.forEach(
                        each -> coverage.check(each.getDescriptorForType().getFullName(), each.getClass())
                                .count(count -> count > 0)));
        Statistics.label("state").coverage(coverage -> {
            for (JobState state : JobState.values()) {
                coverage.check(state).count(count -> count > 10);
            }
        });
    }

    // Google's own printer writes the JSON that the reader of JSON reads.
    @Property(edgeCases = EdgeCasesMode.NONE)
    void theJsonOfAMessageIsTheSameJob(@ForAll("jobsAndTypes") Tuple2<JobSnapshot, Message> drawn) throws Exception {
        Message message = JobProtobuf.write(drawn._1(), drawn._2()).get();

        String json = JsonFormat.printer().alwaysPrintFieldsWithNoPresence().print(message);

        assertEquals(
                JobProtobuf.read(message),
                JobJson.read(json, JobProtobuf.kind(message).get()),
                json);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void aLegalJobIsTheSameInEveryMessageOfItsKind(@ForAll("legalJobs") Tuple2<JobKind, JobSnapshot> drawn) {
        for (Message type :
                JobMessages.ALL.filter(message -> JobProtobuf.kind(message).contains(drawn._1()))) {
            assertEquals(
                    Validation.valid(drawn._2()),
                    JobProtobuf.read(JobProtobuf.write(drawn._2(), type).get()));
        }
    }

    @Provide
    static Arbitrary<Tuple2<JobKind, JobSnapshot>> legalJobs() {
        return JobArbitraries.lifecycles()
                .flatMap(lifecycle -> JobArbitraries.of(lifecycle).jobs().map(job -> Tuple.of(lifecycle.kind(), job)));
    }

    @Provide
    static Arbitrary<Tuple2<JobSnapshot, Message>> jobsAndTypes() {
        return JobMessages.places(JobMessages.ALL)
                .flatMap(place -> JobArbitraries.anyJobs(
                                JobArbitraries.names(JobProtobuf.kind(JobMessages.ALL.get(place))
                                        .get()),
                                times(),
                                JobArbitraries.anyErrors())
                        .map(job -> Tuple.of(fitting(job, JobMessages.ALL.get(place)), JobMessages.ALL.get(place))));
    }

    private static Arbitrary<Instant> times() {
        return Arbitraries.oneOf(
                JobArbitraries.times(),
                Arbitraries.of(
                        Instant.EPOCH,
                        Instant.EPOCH.minusNanos(1),
                        Instant.parse("0001-01-01T00:00:00Z"),
                        Instant.parse("9999-12-31T23:59:59.999999999Z")));
    }

    // The job without the times that its kind does not have.
    private static JobSnapshot fitting(JobSnapshot job, Message type) {
        return job.withStartTime(JobMessages.has(type, JobField.START_TIME) ? job.startTime() : null)
                .withEndTime(JobMessages.has(type, JobField.END_TIME) ? job.endTime() : null);
    }
}
