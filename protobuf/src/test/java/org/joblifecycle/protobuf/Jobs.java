package org.joblifecycle.protobuf;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.testkit.jqwik.JobArbitraries;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.tuning.ApiField;
import org.joblifecycle.tuning.ApiMessage;
import org.joblifecycle.tuning.OpenEnum;
import org.joblifecycle.tuning.RawJson;
import org.joblifecycle.tuning.RpcStatus;
import org.joblifecycle.tuning.SupervisedTuningDataStats;
import org.joblifecycle.tuning.TuningDataStats;
import org.joblifecycle.tuning.TuningJob;

// Tuning jobs that Google's code can read: legal ones, and their parts in plain JSON are of the types of the API.
final class Jobs {
    private static final ObjectMapper SORTING = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Jobs() {}

    static Arbitrary<TuningJob> tuningJobs() {
        return Arbitraries.of(JobLifecycle.authority(JobKind.TUNING_JOB), JobLifecycle.observer(JobKind.TUNING_JOB))
                .flatMap(lifecycle -> JobArbitraries.of(lifecycle).tuningJobs())
                .map(Jobs::readable);
    }

    // Keeps only details that have a type and examples that have a role, and no unknown field.
    private static TuningJob readable(TuningJob job) {
        TuningJob next = job;
        RpcStatus error = job.error();
        if (error != null) {
            next = next.with(
                    TuningJob.ERROR,
                    known(error.with(
                            RpcStatus.DETAILS,
                            error.all(RpcStatus.DETAILS)
                                    .filter(detail -> detail.text().contains("\"@type\"")))));
        }
        TuningDataStats data = job.tuningDataStats();
        SupervisedTuningDataStats stats = data == null ? null : data.get(TuningDataStats.SUPERVISED_TUNING_DATA_STATS);
        if (stats != null) {
            next = next.with(
                    TuningJob.TUNING_DATA_STATS,
                    data.with(
                            TuningDataStats.SUPERVISED_TUNING_DATA_STATS,
                            stats.with(
                                    SupervisedTuningDataStats.USER_DATASET_EXAMPLES,
                                    stats.all(SupervisedTuningDataStats.USER_DATASET_EXAMPLES)
                                            .filter(example -> example.text().contains("\"role\"")))));
        }
        return known(next);
    }

    private static <M extends ApiMessage<M>> M known(M message) {
        M known = message.type().empty();
        for (ApiField<M, ?> field : message.type().fields()) {
            known = known(message, field, known);
        }
        return known;
    }

    @SuppressWarnings("unchecked")
    private static <M extends ApiMessage<M>, T> M known(M message, ApiField<M, T> field, M known) {
        T value = message.has(field) ? message.get(field) : null;
        if (value instanceof ApiMessage<?> nested) {
            value = (T) knownNested(nested);
        } else if (value instanceof Seq<?> list) {
            value = (T) list.map(element -> element instanceof ApiMessage<?> nested ? knownNested(nested) : element);
        }
        return known.with(field, value);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object knownNested(ApiMessage<?> nested) {
        return known((ApiMessage) nested);
    }

    // The message without the values that are the same as absent ones in proto3, at any depth: zero, false and empty
    // ones.
    static <M extends ApiMessage<M>> M withoutDefaults(M message) {
        M next = message.type().empty();
        for (ApiField<M, ?> field : message.type().fields()) {
            next = withoutDefault(message, field, next);
        }
        return next;
    }

    @SuppressWarnings("unchecked")
    private static <M extends ApiMessage<M>, T> M withoutDefault(M message, ApiField<M, T> field, M next) {
        if (!message.has(field)) {
            return next;
        }
        Object value = requireNonNull(message.get(field));
        boolean isDefault = value.equals("")
                || value.equals(0)
                || value.equals(0L)
                || (value instanceof Double number && number == 0) // also -0.0
                || value.equals(false)
                || (value instanceof OpenEnum<?> each && each.known().exists(known -> known.number() == 0))
                || (value instanceof Seq<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
        return isDefault ? next : next.with(field, (T) deep(value));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object deep(Object value) {
        return value instanceof ApiMessage<?> nested
                ? withoutDefaults((ApiMessage) nested)
                : value instanceof Seq<?> list
                        ? list.map(Jobs::deep)
                        : value instanceof RawJson json ? sorted(json) : value;
    }

    // The same JSON with its members in order.
    private static RawJson sorted(RawJson json) {
        try {
            return new RawJson(SORTING.writeValueAsString(SORTING.readValue(json.text(), Object.class)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(json.text(), e);
        }
    }
}
