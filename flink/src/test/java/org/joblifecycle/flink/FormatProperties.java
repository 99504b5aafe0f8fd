package org.joblifecycle.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.json.Unreadable.Reason;
import org.joblifecycle.testkit.jqwik.JobArbitraries;

class FormatProperties {
    private static <T> void assertReadAsWritten(TypeInformation<T> type, T value) throws IOException {
        TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        byte[] bytes = out.getCopyOfBuffer();
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        assertEquals(value, serializer.deserialize(in));
        assertEquals(0, in.available());
        DataOutputSerializer copy = new DataOutputSerializer(64);
        serializer.copy(new DataInputDeserializer(bytes), copy);
        assertEquals(out.length(), copy.length());
        assertSame(value, serializer.copy(value));
    }

    @Property
    void aBaselineIsReadAsItWasWritten(@ForAll("jobs") JobSnapshot job, @ForAll boolean isForgotten)
            throws IOException {
        assertReadAsWritten(FormatTypes.BASELINE, new Baseline(job.withName(null), isForgotten));
    }

    @Property
    void aRecordIsReadAsItWasWritten(@ForAll("records") JobRecord record) throws IOException {
        assertReadAsWritten(FormatTypes.RECORD, record);
    }

    @Property
    void aFindingIsReadAsItWasWritten(@ForAll("findings") JobFinding finding, @ForAll long lines) throws IOException {
        assertReadAsWritten(FormatTypes.FINDING, finding);
        assertReadAsWritten(FormatTypes.COUNTED, Counted.of(finding));
        assertReadAsWritten(FormatTypes.COUNTED, Counted.lines(new Place(false, "file", 3, 4, lines, 0)));
    }

    @Provide
    Arbitrary<JobSnapshot> jobs() {
        Arbitrary<Instant> extremes = Arbitraries.of(Instant.MIN, Instant.MAX, Instant.EPOCH.minusNanos(1));
        return Combinators.combine(
                        JobArbitraries.anyJobs(),
                        extremes,
                        Arbitraries.integers().between(0, 9))
                .as((job, time, which) -> switch (which) {
                    case 0 -> job.withCreateTime(time);
                    case 1 -> job.withStartTime(time);
                    case 2 -> job.withEndTime(time);
                    case 3 -> job.withUpdateTime(time);
                    case 4 -> job.withName("a lone surrogate: \uD800");
                    default -> job;
                });
    }

    @Provide
    Arbitrary<Place> places() {
        Arbitrary<Long> longs = Arbitraries.longs().greaterOrEqual(0);
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.strings(),
                        Arbitraries.integers().greaterOrEqual(0),
                        longs,
                        longs,
                        longs)
                .as(Place::new);
    }

    @Provide
    Arbitrary<JobRecord> records() {
        Arbitrary<JobRecord> snapshots = Combinators.combine(places(), jobs()).as(JobRecord::of);
        Arbitrary<Unreadable> faults = Combinators.combine(
                        Arbitraries.of(Reason.class),
                        Arbitraries.strings().injectNull(0.3),
                        Arbitraries.of(JobField.class).injectNull(0.3),
                        Arbitraries.strings())
                .as(Unreadable::new);
        return Arbitraries.oneOf(
                snapshots,
                Combinators.combine(places(), faults).as(JobRecord::unreadable),
                Combinators.combine(places(), faults).as(JobRecord::broken),
                places().map(JobRecord::count));
    }

    @Provide
    Arbitrary<JobFinding> findings() {
        return Combinators.combine(
                        places(),
                        Arbitraries.integers().greaterOrEqual(0),
                        Arbitraries.strings().injectNull(0.3),
                        Arbitraries.strings(),
                        Arbitraries.strings().injectNull(0.3),
                        Arbitraries.strings())
                .as(JobFinding::new);
    }
}
