package org.joblifecycle.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.vavr.collection.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.joblifecycle.tuning.TuningJob;

// Whether com.google.cloud.aiplatform.v1.TuningJob is the same job, when it is parsed and when it is printed.
class JsonFormatProperties {
    private static final String JSON_NUMBER = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?";

    private static com.google.cloud.aiplatform.v1.TuningJob parse(String json) throws InvalidProtocolBufferException {
        var builder = com.google.cloud.aiplatform.v1.TuningJob.newBuilder();
        JsonFormat.parser().usingTypeRegistry(SameMessage.TYPES).merge(json, builder);
        return builder.build();
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReportMode.OFF)
    void googlesParserReadsWhatTheLibraryWrites(@ForAll("tuningJobs") TuningJob job) throws Exception {
        SameMessage.assertSame(job, parse(TuningJobJson.write(job)));
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
        JsonFormat.Printer printer = JsonFormat.printer().usingTypeRegistry(SameMessage.TYPES);
        var proto = parse(TuningJobJson.write(job));

        for (JsonFormat.Printer each : List.of(
                printer,
                printer.omittingInsignificantWhitespace(),
                printer.preservingProtoFieldNames(),
                printer.printingEnumsAsInts())) {
            TuningJob read = TuningJobJson.read(each.print(proto)).get();
            assertEquals(Jobs.withoutDefaults(job), Jobs.withoutDefaults(read));
            SameMessage.assertSame(read, proto);
        }
    }

    // The library accepts every spelling of a value that Google's parser accepts, and reads the same value. Where it
    // reads a field
    // of snapshots too, it is as strict as their reader: a string is no number of an enum, and a code in a string is
    // JSON.
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
            SameMessage.assertSame(read, proto);
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
                                .as(String::formatted))
                .filter(json -> !isTooLenient(json));
    }

    private static boolean isTooLenient(String json) {
        Matcher number = Pattern.compile("\"(state|adapterSize|code)\":\"([^\"A-Z][^\"]*)\"")
                .matcher(json);
        return number.find()
                && !(number.group(1).equals("code") && number.group(2).matches(JSON_NUMBER));
    }

    @Provide
    static Arbitrary<TuningJob> tuningJobs() {
        return Jobs.tuningJobs();
    }

    @net.jqwik.api.Example
    void aDifferenceFailsTheComparison() throws Exception {
        TuningJob job = TuningJob.EMPTY.with(TuningJob.DESCRIPTION, "a");
        var proto = parse("{\"description\":\"b\"}");

        assertThrows(AssertionError.class, () -> SameMessage.assertSame(job, proto));
        assertThrows(AssertionError.class, () -> SameMessage.assertSame(TuningJob.EMPTY, proto));
        SameMessage.assertSame(TuningJob.EMPTY.with(TuningJob.DESCRIPTION, ""), parse("{}"));
    }
}
