package org.joblifecycle.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Validation;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.joblifecycle.testkit.jqwik.JobArbitraries;
import org.joblifecycle.testkit.jqwik.JobDomain;
import org.joblifecycle.tuning.TuningJob;

class TuningJobJsonProperties {
    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReportMode.OFF)
    void aJobThatIsWrittenIsReadBackAndWrittenTheSame(@ForAll("anyTuningJobs") TuningJob job) {
        String json = TuningJobJson.write(job);

        assertEquals(Validation.valid(job), TuningJobJson.read(json));
        assertEquals(json, TuningJobJson.write(TuningJobJson.read(json).get()));
        assertEquals(1, json.lines().count(), json);
        TuningJob.TYPE.fields().forEach(field -> Statistics.label("has").collect(field.wireName(), job.has(field)));
        Statistics.label("has")
                .coverage(coverage -> TuningJob.TYPE.fields().forEach(field -> {
                    coverage.check(field.wireName(), true).percentage(share -> share > 0.5);
                    coverage.check(field.wireName(), false).percentage(share -> share > 0.5);
                }));
        Statistics.label("snapshot").collect(job.snapshot().isValid());
        Statistics.label("unknown").collect(job.unknown().isEmpty());
        for (boolean is : new boolean[] {true, false}) {
            Statistics.label("snapshot").coverage(coverage -> coverage.check(is).percentage(share -> share > 5));
            Statistics.label("unknown").coverage(coverage -> coverage.check(is).percentage(share -> share > 5));
        }
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    @Domain(JobDomain.class)
    void theSnapshotReaderReadsTheSnapshotOfALegalJob(@ForAll TuningJob job) {
        assertEquals(
                job.snapshot().toEither().get(),
                JobJson.read(TuningJobJson.write(job)).get());
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aTextThatIsCutIsNeverAJobAndNeverAnException(
            @ForAll @From("anyTuningJobs") TuningJob job, @ForAll("shares") double share) {
        String json = TuningJobJson.write(job);
        String cut = json.substring(0, (int) (json.length() * share));

        assertTrue(TuningJobJson.read(cut).isInvalid(), cut);
    }

    @Provide
    static Arbitrary<Double> shares() {
        return net.jqwik.api.Arbitraries.doubles().between(0, true, 1, false);
    }

    @Provide
    static Arbitrary<TuningJob> anyTuningJobs() {
        return JobArbitraries.anyTuningJobs();
    }
}
