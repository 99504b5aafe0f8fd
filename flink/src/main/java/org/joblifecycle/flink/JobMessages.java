package org.joblifecycle.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.JobJson;
import org.joblifecycle.json.JobLine;
import org.joblifecycle.json.JobLines;
import org.joblifecycle.json.NotJsonException;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.json.Unreadable.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Reads the jobs in the messages of Kafka topics. The value of a message is what a file of jobs may be: a job as JSON, an array of
 * jobs, the answer of a list call. What cannot be read is a record too. A message without a value, by which Kafka deletes a key,
 * holds no snapshot and gives no record. Keys are not read.
 *
 * <pre>{@code
 * KafkaSource.<JobRecord>builder().setDeserializer(new JobMessages(JobKind.TUNING_JOB))...
 * }</pre>
 */
public final class JobMessages implements KafkaRecordDeserializationSchema<JobRecord> {
    private static final long serialVersionUID = 1L;

    private final JobKind fallback;

    /**
     * A reader of messages.
     *
     * @param fallback the kind of a job whose name tells none; the audit has to have the same
     */
    public JobMessages(JobKind fallback) {
        this.fallback = requireNonNull(fallback, "fallback");
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<JobRecord> out) throws IOException {
        byte[] value = message.value();
        if (value == null) {
            return;
        }
        JobSnapshot job = jobAlone(value);
        if (job == null) {
            readAll(message, value, out);
        } else {
            out.collect(JobRecord.of(place(message, 0), job));
        }
    }

    /** The job, if the value is one and nothing else, as nearly all are; a reader of files takes much longer to begin. */
    private @Nullable JobSnapshot jobAlone(byte[] value) {
        try {
            CharBuffer text = UTF_8.newDecoder().decode(ByteBuffer.wrap(value)); // which refuses what is no UTF-8
            return JobJson.read(text.toString(), fallback).getOrNull();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private void readAll(ConsumerRecord<byte[], byte[]> message, byte[] value, Collector<JobRecord> out)
            throws IOException {
        long ordinal = 0;
        try (JobLines jobs = new JobLines(new ByteArrayInputStream(value), fallback)) {
            while (jobs.hasNext()) {
                out.collect(record(place(message, ordinal), jobs.next()));
                ordinal++;
            }
            if (ordinal == 0 && isBlank(value)) {
                out.collect(malformed(place(message, 0), "the message is empty: expected a job as JSON"));
            }
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof NotJsonException fault)) {
                throw e;
            }
            out.collect(malformed(place(message, ordinal), "this is no JSON: " + fault.getMessage()));
        }
    }

    private static boolean isBlank(byte[] value) {
        return new String(value, UTF_8).isBlank();
    }

    private static JobRecord malformed(Place place, String message) {
        return JobRecord.unreadable(place, new Unreadable(Reason.MALFORMED_JSON, null, null, message));
    }

    private static JobRecord record(Place place, JobLine line) {
        return line.job().fold(fault -> JobRecord.unreadable(place, fault), job -> JobRecord.of(place, job));
    }

    private static Place place(ConsumerRecord<byte[], byte[]> message, long ordinal) {
        return new Place(true, message.topic(), message.partition(), 0, message.offset(), ordinal);
    }

    @Override
    public TypeInformation<JobRecord> getProducedType() {
        return FormatTypes.RECORD;
    }
}
