package org.joblifecycle.flink;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobField;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.json.Unreadable.Reason;
import org.junit.jupiter.api.Test;

class FormatTest {
    private static final ClassLoader CLASSES = FormatTest.class.getClassLoader();

    // A format of strings that has changed: the first had one byte a character, the second has two.
    public static final class Text implements Format<String> {
        private static final long serialVersionUID = 1L;
        static int newest = 1;

        @Override
        public int number() {
            return newest;
        }

        @Override
        public Class<String> type() {
            return String.class;
        }

        @Override
        public void write(int format, String value, DataOutputView out) throws IOException {
            if (format == 1) {
                out.writeByte(value.length());
                out.writeBytes(value);
            } else {
                out.writeUTF(value);
            }
        }

        @Override
        public String read(int format, DataInputView in) throws IOException {
            if (format > 1) {
                return in.readUTF();
            }
            byte[] characters = new byte[in.readByte()];
            in.readFully(characters);
            return new String(characters, US_ASCII);
        }
    }

    private static <T> byte[] bytes(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return out.getCopyOfBuffer();
    }

    private static <T> byte[] written(TypeSerializer<T> serializer) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
        return out.getCopyOfBuffer();
    }

    private static <T> TypeSerializerSnapshot<T> read(byte[] snapshot) throws IOException {
        return TypeSerializerSnapshot.readVersionedSnapshot(new DataInputDeserializer(snapshot), CLASSES);
    }

    @Test
    void whatAnEarlierFormatWroteIsReadAndWrittenAnewInTheNewest() throws IOException {
        Text.newest = 1;
        TypeSerializer<String> first = new FormatSerializer<>(new Text());
        byte[] state = bytes(first, "job");
        byte[] snapshot = written(first);

        Text.newest = 2;
        TypeSerializer<String> second = new FormatSerializer<>(new Text());
        TypeSerializerSnapshot<String> old = read(snapshot);
        TypeSerializerSchemaCompatibility<String> compatibility =
                second.snapshotConfiguration().resolveSchemaCompatibility(old);
        assertTrue(compatibility.isCompatibleAfterMigration());
        String value = old.restoreSerializer().deserialize(new DataInputDeserializer(state));
        assertEquals("job", value);
        assertEquals("job", second.deserialize(new DataInputDeserializer(bytes(second, value))));
    }

    // Never to be changed: savepoints have these bytes.
    @Test
    void theFirstFormatOfARecordIsRead() throws IOException {
        Place place = new Place(true, "jobs", 2, 3, 17, 4);
        JobSnapshot job = Jobs.succeeded("7").withError(new JobError(13, "no"));
        assertEquals(
                JobRecord.of(place, job),
                read(
                        new RecordFormat(),
                        "01056a6f627304062208002470726f6a656374732f702f6c6f636174696f6e732f6c2f74756e696e"
                                + "674a6f62732f371f0480bb91e30c007800780000001a036e6f"));
        assertEquals(
                JobRecord.unreadable(place, new Unreadable(Reason.STATE_UNKNOWN, "x", JobField.STATE, "no")),
                read(new RecordFormat(), "01056a6f627304062208010e53544154455f554e4b4e4f574e0278065354415445036e6f"));
        assertEquals(
                new Baseline(job.withName(null), true),
                read(new BaselineFormat(), "011f0480bb91e30c007800780000001a036e6f"));
    }

    private static <T> T read(Format<T> format, String hex) throws IOException {
        return format.read(1, new DataInputDeserializer(HexFormat.of().parseHex(hex)));
    }

    @Test
    void aRestoredSerializerReadsWhatItWrote() throws IOException {
        Text.newest = 1;
        TypeSerializerSnapshot<String> first = new FormatSerializer<>(new Text()).snapshotConfiguration();
        Text.newest = 2;
        TypeSerializer<String> restored = first.restoreSerializer();
        byte[] state = bytes(restored, "job");
        TypeSerializer<String> again = restored.snapshotConfiguration().restoreSerializer();
        assertEquals("job", again.deserialize(new DataInputDeserializer(state)));
    }

    @Test
    void theSameFormatIsReadAsItIs() throws IOException {
        Text.newest = 2;
        TypeSerializer<String> serializer = new FormatSerializer<>(new Text());
        TypeSerializerSnapshot<String> old = read(written(serializer));
        assertTrue(serializer
                .snapshotConfiguration()
                .resolveSchemaCompatibility(old)
                .isCompatibleAsIs());
        assertEquals(serializer, old.restoreSerializer());
        assertEquals(serializer.hashCode(), old.restoreSerializer().hashCode());
    }

    @Test
    void whatALaterFormatWroteIsRefused() throws IOException {
        Text.newest = 2;
        byte[] snapshot = written(new FormatSerializer<>(new Text()));
        Text.newest = 1;
        IOException refused = assertThrows(IOException.class, () -> read(snapshot));
        assertEquals(
                "the state was written in format 2 of String, by a later version of job-lifecycle: this one reads 1 to 1",
                refused.getMessage());
    }

    @Test
    void theFormatOfAnotherTypeIsRefused() throws IOException {
        TypeSerializer<JobRecord> records = FormatTypes.RECORD.createSerializer(new SerializerConfigImpl());
        TypeSerializerSnapshot<JobRecord> other =
                read(written(FormatTypes.FINDING.createSerializer(new SerializerConfigImpl())));
        assertTrue(records.snapshotConfiguration()
                .resolveSchemaCompatibility(other)
                .isIncompatible());
        assertFalse(records.equals(FormatTypes.FINDING.createSerializer(new SerializerConfigImpl())));
    }

    @Test
    void damagedBytesAreAnIoException() {
        TypeSerializer<JobRecord> records = FormatTypes.RECORD.createSerializer(new SerializerConfigImpl());
        byte[] noEnd = new byte[40];
        Arrays.fill(noEnd, (byte) 0xFF);
        for (byte[] bytes : List.of(new byte[0], new byte[8], noEnd)) {
            assertThrows(IOException.class, () -> records.deserialize(new DataInputDeserializer(bytes)));
        }
    }

    @Test
    void flinkFindsTheTypes() {
        assertEquals(FormatTypes.RECORD, TypeInformation.of(JobRecord.class));
        assertEquals(FormatTypes.FINDING, TypeInformation.of(JobFinding.class));
    }

    @Test
    void aFailedJobTakes32BytesBesideItsNameAndMessage() throws IOException {
        Instant noon = Instant.parse("2024-05-01T12:00:00.123456789Z");
        JobSnapshot job = JobSnapshot.of(null, JobState.FAILED)
                .withCreateTime(noon)
                .withStartTime(noon.plusSeconds(100))
                .withEndTime(noon.plusSeconds(100_000))
                .withUpdateTime(noon.plusSeconds(100_001))
                .withError(new JobError(13, ""));
        assertEquals(
                32,
                bytes(FormatTypes.BASELINE.createSerializer(new SerializerConfigImpl()), new Baseline(job, true))
                        .length);
    }
}
