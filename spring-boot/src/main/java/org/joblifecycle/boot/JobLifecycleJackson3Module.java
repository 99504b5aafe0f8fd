package org.joblifecycle.boot;

import java.util.function.Function;
import org.joblifecycle.job.JobKind;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Jobs as JSON for Jackson 3: snapshots, errors and whole tuning jobs in the form of the API, states and events by their names, violations and verdicts
 * with their evidence. What cannot be read is an exception of the mapper whose cause is an {@link UnreadableJobException}.
 */
public final class JobLifecycleJackson3Module extends SimpleModule {
    private static final long serialVersionUID = 1;

    /** Keeps all digits of numbers. */
    private static final JsonMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** The module for applications in which a job whose name tells no kind is a tuning job. */
    public JobLifecycleJackson3Module() {
        this(JobKind.TUNING_JOB);
    }

    /**
     * The module.
     *
     * @param fallback the kind of a job whose name tells none
     */
    public JobLifecycleJackson3Module(JobKind fallback) {
        Wire.NAMES.forEach(this::add);
        Wire.WRITTEN.forEach(this::add);
        Wire.forms(fallback).forEach(this::add);
    }

    private <T> void add(Wire.Name<T> name) {
        addSerializer(name.type(), serializer(name.writer()::apply));
        addDeserializer(name.type(), deserializer(json -> {
            if (!json.isString()) {
                throw Wire.noName(name.type(), json.toString());
            }
            return name.reader().apply(json.stringValue());
        }));
        addKeySerializer(name.type(), new ValueSerializer<>() {
            @Override
            public void serialize(T key, JsonGenerator out, SerializationContext context) {
                out.writeName(name.writer().apply(key));
            }
        });
        addKeyDeserializer(name.type(), new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) {
                return read(context.getParser(), name.reader(), key);
            }
        });
    }

    private <T> void add(Wire.Written<T> written) {
        addSerializer(written.type(), serializer(written.writer()));
    }

    private <T> void add(Wire.Form<T> form) {
        addSerializer(form.type(), serializer(form.writer()));
        addDeserializer(form.type(), deserializer(json -> form.reader().apply(json.toString())));
    }

    private static <T> ValueSerializer<T> serializer(Function<T, Object> writer) {
        return new ValueSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializationContext context) {
                context.writeValue(out, plain(writer.apply(value)));
            }
        };
    }

    private static Object plain(Object form) {
        return form instanceof Wire.Json json ? TREES.readTree(json.text()) : form;
    }

    private static <T> ValueDeserializer<T> deserializer(Function<JsonNode, T> reader) {
        return new ValueDeserializer<>() {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) {
                return read(parser, reader, context.readTree(parser));
            }
        };
    }

    private static <S, T> T read(JsonParser parser, Function<S, T> reader, S source) {
        try {
            return reader.apply(source);
        } catch (UnreadableJobException e) {
            throw DatabindException.from(parser, e.getMessage(), e);
        }
    }
}
