package org.joblifecycle.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorInfo;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.time.Instant;
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
import org.joblifecycle.json.TuningJobJson;
import org.joblifecycle.tuning.ApiField;
import org.joblifecycle.tuning.ApiMessage;
import org.joblifecycle.tuning.OpenEnum;
import org.joblifecycle.tuning.RawJson;
import org.joblifecycle.tuning.TuningJob;

// Whether com.google.cloud.aiplatform.v1.TuningJob is the same job, when it is parsed and when it is printed.
class ProtobufProperties {
    private static final String JSON_NUMBER = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?";
    private static final JsonFormat.TypeRegistry TYPES =
            JsonFormat.TypeRegistry.newBuilder().add(ErrorInfo.getDescriptor()).build();

    private static com.google.cloud.aiplatform.v1.TuningJob parse(String json) throws InvalidProtocolBufferException {
        var builder = com.google.cloud.aiplatform.v1.TuningJob.newBuilder();
        JsonFormat.parser().usingTypeRegistry(TYPES).merge(json, builder);
        return builder.build();
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReportMode.OFF)
    void googlesParserReadsWhatTheLibraryWrites(@ForAll("tuningJobs") TuningJob job) throws Exception {
        assertSame(job, parse(TuningJobJson.write(job)));
        for (ApiField<TuningJob, ?> field : TuningJob.TYPE.fields()) {
            Statistics.label("property").collect(field.wireName(), job.has(field));
        }
        Statistics.label("property")
                .coverage(coverage -> TuningJob.TYPE
                        .fields()
                        .forEach(field -> coverage.check(field.wireName(), true).count(count -> count > 10)));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void theLibraryReadsWhatGooglesPrinterWrites(@ForAll("tuningJobs") TuningJob job) throws Exception {
        JsonFormat.Printer printer = JsonFormat.printer().usingTypeRegistry(TYPES);
        var proto = parse(TuningJobJson.write(job));

        for (JsonFormat.Printer each : List.of(
                printer,
                printer.omittingInsignificantWhitespace(),
                printer.preservingProtoFieldNames(),
                printer.printingEnumsAsInts())) {
            TuningJob read = TuningJobJson.read(each.print(proto)).get();
            assertEquals(Jobs.withoutDefaults(job), Jobs.withoutDefaults(read));
            assertSame(read, proto);
        }
    }

    // Every field of the library is the field of the same name in the proto, with the same value, except for defaults.
    private static <M extends ApiMessage<M>> void assertSame(M message, com.google.protobuf.Message proto)
            throws Exception {
        for (ApiField<M, ?> field : message.type().fields()) {
            FieldDescriptor descriptor = proto.getDescriptorForType().findFieldByName(field.protoName());
            assertEquals(field.wireName(), descriptor.getJsonName());
            assertSameValue(
                    proto.getDescriptorForType().getName() + "." + field,
                    message.has(field) ? message.get(field) : null,
                    descriptor,
                    proto);
        }
    }

    private static void assertSameValue(
            String path, Object ours, FieldDescriptor descriptor, com.google.protobuf.Message proto) throws Exception {
        Object theirs = proto.getField(descriptor);
        if (descriptor.isMapField()) {
            java.util.Map<String, String> map = new java.util.HashMap<>();
            ((java.util.List<?>) theirs)
                    .forEach(entry -> map.put(
                            (String) ((MapEntry<?, ?>) entry).getKey(), (String) ((MapEntry<?, ?>) entry).getValue()));
            assertEquals(ours == null ? java.util.Map.of() : ((Map<?, ?>) ours).toJavaMap(), map, path);
        } else if (descriptor.isRepeated()) {
            java.util.List<?> list = (java.util.List<?>) theirs;
            Seq<?> elements = ours == null ? List.empty() : (Seq<?>) ours;
            assertEquals(elements.size(), list.size(), path);
            for (int i = 0; i < list.size(); i++) {
                assertSameElement(path + "[" + i + "]", elements.get(i), list.get(i));
            }
        } else if (ours == null) {
            assertEquals(proto.toBuilder().clearField(descriptor).build(), proto, path);
        } else {
            assertSameElement(path, ours, theirs);
        }
    }

    private static void assertSameElement(String path, Object ours, Object theirs) throws Exception {
        if (ours instanceof ApiMessage<?> message) {
            assertSameMessage(message, (com.google.protobuf.Message) theirs);
        } else if (ours instanceof Instant time) {
            Timestamp timestamp = (Timestamp) theirs;
            assertEquals(time, Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos()), path);
        } else if (ours instanceof OpenEnum<?> value) {
            EnumValueDescriptor descriptor = (EnumValueDescriptor) theirs;
            boolean isKnown = value.known().isDefined();
            if (isKnown) {
                assertEquals(value.toString(), descriptor.getName(), path);
            } else { // kept as it was written, such as 12e0
                assertEquals(new BigDecimal(value.toString()).intValueExact(), descriptor.getNumber(), path);
            }
        } else if (ours instanceof RawJson json) {
            com.google.protobuf.Message.Builder builder = ((com.google.protobuf.Message) theirs).newBuilderForType();
            JsonFormat.parser().usingTypeRegistry(TYPES).merge(json.text(), builder);
            assertEquals(builder.build(), theirs, path);
        } else if (ours instanceof Double number) {
            assertEquals(number + 0.0, (double) theirs + 0.0, path); // their parser drops the sign of -0.0
        } else {
            assertEquals(ours, theirs, path);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void assertSameMessage(ApiMessage<?> message, com.google.protobuf.Message proto) throws Exception {
        assertSame((ApiMessage) message, proto);
    }

    // The library accepts every spelling of a value that Google's parser accepts, and reads the same value.
    @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReportMode.OFF)
    void theLibraryAcceptsWhatGooglesParserAccepts(@ForAll("fields") String json) throws Exception {
        com.google.cloud.aiplatform.v1.TuningJob proto = null;
        try {
            proto = parse(json);
        } catch (InvalidProtocolBufferException e) {
            Statistics.label("accepted").collect(false);
        }
        if (proto != null) {
            Statistics.label("accepted").collect(true);
            TuningJob read = TuningJobJson.read(json)
                    .toEither()
                    .getOrElseThrow(faults -> new AssertionError(json + ": " + faults.mkString("; ")));
            assertSame(read, proto);
        }
        Statistics.label("accepted").coverage(coverage -> {
            coverage.check(true).percentage(share -> share > 20);
            coverage.check(false).percentage(share -> share > 20);
        });
    }

    @Provide
    static Arbitrary<String> fields() {
        Arbitrary<String> numbers = Combinators.combine(
                        Arbitraries.of("", "-", "+"),
                        Arbitraries.of(
                                "0", "1", "7", "12", "007", "9223372036854775807", "9223372036854775808", "2147483648"),
                        Arbitraries.of("", ".0", ".5", ".", ".25"),
                        Arbitraries.of("", "e0", "E+1", "e-1", "e2", "e400", "e"))
                .as((sign, whole, fraction, exponent) -> sign + whole + fraction + exponent);
        Arbitrary<String> values = Arbitraries.oneOf(
                numbers.map(
                        number -> number.matches(JSON_NUMBER) ? number : "1"), // their parser is lenient beyond JSON
                numbers.map(number -> '"' + number + '"'),
                Arbitraries.of(
                        "null",
                        "true",
                        "false",
                        "\"true\"",
                        "\"\"",
                        "\" 1\"",
                        "\"NaN\"",
                        "\"Infinity\"",
                        "\"-Infinity\"",
                        "[]",
                        "{}",
                        "\"ADAPTER_SIZE_ONE\"",
                        "\"JOB_STATE_RUNNING\""),
                Arbitraries.of(
                                "2024-05-01T12:00:00Z",
                                "2024-05-01T12:00:00.5Z",
                                "2024-05-01T12:00:00.123456789+05:30",
                                "0001-01-01T00:00:00Z",
                                "9999-12-31T23:59:59.999999999Z",
                                "2024-05-01 12:00:00Z")
                        .map(time -> '"' + time + '"'));
        Arbitrary<String> paths = Arbitraries.of(
                "{\"state\":%s}",
                "{\"createTime\":%s}",
                "{\"create_time\":%s}",
                "{\"error\":{\"code\":%s}}",
                "{\"labels\":%s}",
                "{\"tunedModel\":%s}",
                "{\"tunedModel\":{\"checkpoints\":%s}}",
                "{\"supervisedTuningSpec\":{\"exportLastCheckpointOnly\":%s}}",
                "{\"supervised_tuning_spec\":{\"hyper_parameters\":{\"epoch_count\":%s}}}",
                "{\"supervisedTuningSpec\":{\"hyperParameters\":{\"learningRateMultiplier\":%s}}}",
                "{\"supervisedTuningSpec\":{\"hyperParameters\":{\"adapterSize\":%s}}}");
        // Their parser also accepts a number as text, which the JSON mapping does not allow.
        Arbitrary<String> texts = Arbitraries.of("{\"baseModel\":%s}", "{\"base_model\":%s}");
        return Arbitraries.oneOf(
                Combinators.combine(paths, values).as(String::formatted),
                Combinators.combine(texts, values.map(value -> '"' + value.replace("\"", "") + '"'))
                        .as(String::formatted));
    }

    @Provide
    static Arbitrary<TuningJob> tuningJobs() {
        return Jobs.tuningJobs();
    }

    @net.jqwik.api.Example
    void aDifferenceFailsTheComparison() throws Exception {
        TuningJob job = TuningJob.EMPTY.with(TuningJob.DESCRIPTION, "a");
        var proto = parse("{\"description\":\"b\"}");

        assertThrows(AssertionError.class, () -> assertSame(job, proto));
        assertThrows(AssertionError.class, () -> assertSame(TuningJob.EMPTY, proto));
        assertSame(TuningJob.EMPTY.with(TuningJob.DESCRIPTION, ""), parse("{}"));
    }
}
