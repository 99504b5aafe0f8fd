package org.joblifecycle.boot;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.function.Function;
import org.joblifecycle.job.JobKind;

/**
 * Jobs as JSON for Jackson 2: snapshots, errors and whole tuning jobs in the form of the API, states and events by their names, violations and verdicts
 * with their evidence. What cannot be read is an exception of the mapper whose cause is an {@link UnreadableJobException}.
 */
public final class JobLifecycleJackson2Module extends SimpleModule {
    private static final long serialVersionUID = 1;

    /** Keeps all digits of numbers. */
    private static final JsonMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** The module for applications in which a job whose name tells no kind is a tuning job. */
    public JobLifecycleJackson2Module() {
        this(JobKind.TUNING_JOB);
    }

    /**
     * The module.
     *
     * @param fallback the kind of a job whose name tells none
     */
    public JobLifecycleJackson2Module(JobKind fallback) {
        Wire.NAMES.forEach(this::add);
        Wire.WRITTEN.forEach(this::add);
        Wire.forms(fallback).forEach(this::add);
    }

    private <T> void add(Wire.Name<T> name) {
        addSerializer(name.type(), serializer(name.writer()::apply));
        addDeserializer(name.type(), deserializer(json -> {
            if (!json.isTextual()) {
                throw Wire.noName(name.type(), json.toString());
            }
            return name.reader().apply(json.textValue());
        }));
        addKeySerializer(name.type(), new JsonSerializer<>() {
            @Override
            public void serialize(T key, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeFieldName(name.writer().apply(key));
            }
        });
        addKeyDeserializer(name.type(), new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) throws IOException {
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

    private static <T> JsonSerializer<T> serializer(Function<T, Object> writer) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                provider.defaultSerializeValue(plain(writer.apply(value)), out);
            }
        };
    }

    private static Object plain(Object form) throws IOException {
        return form instanceof Wire.Json json ? TREES.readTree(json.text()) : form;
    }

    private static <T> JsonDeserializer<T> deserializer(Function<JsonNode, T> reader) {
        return new JsonDeserializer<>() {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                return read(parser, reader, context.readTree(parser));
            }
        };
    }

    private static <S, T> T read(JsonParser parser, Function<S, T> reader, S source) throws IOException {
        try {
            return reader.apply(source);
        } catch (UnreadableJobException e) {
            throw JsonMappingException.from(parser, e.getMessage(), e);
        }
    }
}
