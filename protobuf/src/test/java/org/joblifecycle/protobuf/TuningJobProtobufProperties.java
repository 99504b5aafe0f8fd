package org.joblifecycle.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.TuningJobJson;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.testkit.jqwik.JobArbitraries;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.tuning.TuningJob;

class TuningJobProtobufProperties {
    @Provide
    static Arbitrary<Message> messages() {
        return Combinators.combine(
                        JobMessages.places(JobMessages.TUNING_JOBS),
                        Arbitraries.longs().withoutEdgeCases())
                .as((place, seed) ->
                        JobMessages.sent(RandomMessages.draw(JobMessages.TUNING_JOBS.get(place), new Random(seed))));
    }

    @Provide
    static Arbitrary<TypeRegistry> types() {
        return Arbitraries.of(SameMessage.TYPES, TypeRegistry.getEmptyTypeRegistry());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReportMode.OFF)
    void anyMessageIsTheSameAfterItWasATuningJob(
            @ForAll("messages") Message message, @ForAll("types") TypeRegistry types) {
        TuningJob job = TuningJobProtobuf.read(message, types).get();
        TuningJob stored = TuningJobJson.read(TuningJobJson.write(job)).get();

        assertEquals(job, stored);
        assertEquals(message, TuningJobProtobuf.write(job, message, types).get());
        assertEquals(message, TuningJobProtobuf.write(stored, message, types).get());

        String json = TuningJobJson.write(job);
        Statistics.label("@unknown").collect(job.unknown().containsKey("@unknown"));
        Statistics.label("@bytes").collect(json.contains("\"details\":[{\"@type\"") && json.contains("@bytes"));
        Statistics.label("@unknown").coverage(coverage -> {
            coverage.check(true).percentage(share -> share > 10);
            coverage.check(false).percentage(share -> share > 10);
        });
        Statistics.label("@bytes").coverage(coverage -> coverage.check(true).percentage(share -> share > 2));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void bothReadersAgreeAboutAMessage(@ForAll("messages") Message message) {
        Validation<Unreadable, JobSnapshot> snapshot = JobProtobuf.read(message);
        TuningJob job = TuningJobProtobuf.read(message).get();

        if (snapshot.isValid()) {
            assertEquals(snapshot.get(), job.snapshot().get());
        } else if (snapshot.getError().reason() == Unreadable.Reason.STATE_UNKNOWN) {
            assertEquals(
                    job.state().toString(), snapshot.getError().message().replaceAll("state (-?\\d+) is .*", "$1"));
        } else {
            assertEquals(Unreadable.Reason.NAME_MISSING, snapshot.getError().reason());
            assertEquals(null, job.name());
        }
    }

    // What Google's parser refuses to read is refused, and what it reads is written as the same.
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReportMode.OFF)
    void whatIsWrittenIsWhatGooglesParserReads(
            @ForAll("anyTuningJobs") TuningJob job, @ForAll("messageTypes") Message type) throws Exception {
        Validation<Seq<UnwritableField>, Message> written = TuningJobProtobuf.write(job, type, SameMessage.TYPES);
        Message.Builder parsed = type.newBuilderForType();
        boolean isParsed = true;
        try {
            JsonFormat.parser()
                    .usingTypeRegistry(SameMessage.TYPES)
                    .merge(withoutNulls(TuningJobJson.write(job)), parsed);
        } catch (InvalidProtocolBufferException e) {
            isParsed = false;
        }

        assertEquals(isParsed, written.isValid(), () -> job + ": " + written);
        if (isParsed) {
            Message message = JobMessages.sent(written.get());
            SameMessage.assertSame(job, message);
            assertEquals(parsed.build(), withoutSigns(message));
            assertEquals(
                    Jobs.withoutDefaults(job),
                    Jobs.withoutDefaults(
                            TuningJobProtobuf.read(message, SameMessage.TYPES).get()));
        }
        Validation<Seq<UnwritableField>, Message> dynamic =
                TuningJobProtobuf.write(job, JobMessages.dynamic(type), SameMessage.TYPES);
        assertEquals(written.map(JobMessages::dynamic), dynamic);
        Statistics.label("written").collect(isParsed);
        Statistics.label("written").coverage(coverage -> {
            coverage.check(true).percentage(share -> share > 10);
            coverage.check(false).percentage(share -> share > 10);
        });
    }

    // The message with 0.0 for -0.0, of which Google's parser drops the sign.
    private static Message withoutSigns(Message message) throws InvalidProtocolBufferException {
        Message.Builder parsed = message.newBuilderForType();
        JsonFormat.parser()
                .usingTypeRegistry(SameMessage.TYPES)
                .merge(JsonFormat.printer().usingTypeRegistry(SameMessage.TYPES).print(message), parsed);
        return parsed.build();
    }

    @Provide
    static Arbitrary<Message> messageTypes() {
        return Arbitraries.of(
                com.google.cloud.aiplatform.v1.TuningJob.getDefaultInstance(),
                com.google.cloud.aiplatform.v1beta1.TuningJob.getDefaultInstance());
    }

    @Provide
    static Arbitrary<TuningJob> anyTuningJobs() {
        return Arbitraries.oneOf(
                Jobs.tuningJobs(),
                JobArbitraries.of(JobLifecycle.authority(JobKind.TUNING_JOB)).tuningJobs(),
                JobArbitraries.anyTuningJobs());
    }

    // A null is as good as nothing, also one of a field that no message has.
    private static String withoutNulls(String json) {
        String nothing = TuningJob.TUNING_SPEC
                .fields()
                .appendAll(TuningJob.SOURCE_MODEL.fields())
                .append("gcsMetricsUri")
                .mkString("\"(?:", "|", ")\":null");
        return json.replaceAll(nothing + ",", "").replaceAll(",?" + nothing, "");
    }
}
