package org.joblifecycle.cli;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.util.List;
import java.util.Random;
import org.joblifecycle.tuning.AdapterSize;
import org.joblifecycle.tuning.DatasetBucket;
import org.joblifecycle.tuning.OpenEnum;
import org.joblifecycle.tuning.SupervisedHyperParameters;
import org.joblifecycle.tuning.SupervisedTuningDataStats;
import org.joblifecycle.tuning.SupervisedTuningDatasetDistribution;
import org.joblifecycle.tuning.SupervisedTuningSpec;
import org.joblifecycle.tuning.TuningDataStats;
import org.joblifecycle.tuning.TuningJob;

/** The fields of a tuning job that the lifecycle does not read: made up, of the size and depth of real ones. */
final class SampleJob {
    private static final List<String> MODELS = List.of("gemini-2.5-flash", "gemini-2.5-pro", "gemini-2.5-flash-lite");
    private static final List<String> TASKS =
            List.of("search-ranking", "contract-clauses", "support-replies", "product-titles", "meeting-notes");
    private static final List<String> TEAMS = List.of("search", "legal", "support", "catalog", "office");

    private final long number;
    private final Random random;
    private final String task;

    SampleJob(long number, Random random) {
        this.number = number;
        this.random = random;
        this.task = TASKS.get(random.nextInt(TASKS.size())) + "-" + number;
    }

    /** The resource name; different for each number. */
    String name() {
        // Multiplied by an odd number: all 64-bit numbers stay different, and resemble the ids of the service.
        return "projects/482910377561/locations/us-central1/tuningJobs/"
                + Long.toUnsignedString((number + 1) * 0x9E3779B97F4A7C15L);
    }

    /** The job as its creator asks for it. */
    TuningJob plan() {
        int team = random.nextInt(TEAMS.size());
        SupervisedTuningSpec spec = SupervisedTuningSpec.of("gs://example-tuning/" + task + "/train.jsonl")
                .with(SupervisedTuningSpec.VALIDATION_DATASET_URI, "gs://example-tuning/" + task + "/validation.jsonl")
                .with(
                        SupervisedTuningSpec.HYPER_PARAMETERS,
                        SupervisedHyperParameters.EMPTY
                                .with(SupervisedHyperParameters.EPOCH_COUNT, 1L + random.nextInt(20))
                                .with(
                                        SupervisedHyperParameters.LEARNING_RATE_MULTIPLIER,
                                        (1 + random.nextInt(40)) / 10.0)
                                .with(SupervisedHyperParameters.ADAPTER_SIZE, OpenEnum.of(AdapterSize.FOUR)));
        return TuningJob.EMPTY
                .with(TuningJob.NAME, name())
                .with(TuningJob.BASE_MODEL, MODELS.get(random.nextInt(MODELS.size())))
                .with(TuningJob.SUPERVISED_TUNING_SPEC, spec)
                .with(TuningJob.TUNED_MODEL_DISPLAY_NAME, task)
                .with(TuningJob.DESCRIPTION, "Nightly run on the examples that were reviewed since the last one.")
                .with(TuningJob.LABELS, LinkedHashMap.of("team", TEAMS.get(team), "cost-center", "cc-" + (4100 + team)))
                .with(
                        TuningJob.EXPERIMENT,
                        "projects/482910377561/locations/us-central1/metadataStores/default/contexts/tuning-experiment-"
                                + number);
    }

    /** The statistics of its data, which it shows once it has started. */
    TuningDataStats data() {
        long examples = 100L + random.nextInt(50_000);
        return TuningDataStats.EMPTY.with(
                TuningDataStats.SUPERVISED_TUNING_DATA_STATS,
                SupervisedTuningDataStats.EMPTY
                        .with(SupervisedTuningDataStats.TUNING_DATASET_EXAMPLE_COUNT, examples)
                        .with(SupervisedTuningDataStats.TOTAL_BILLABLE_TOKEN_COUNT, examples * 312)
                        .with(SupervisedTuningDataStats.TUNING_STEP_COUNT, examples / 16)
                        .with(SupervisedTuningDataStats.USER_INPUT_TOKEN_DISTRIBUTION, distribution(examples)));
    }

    private SupervisedTuningDatasetDistribution distribution(long examples) {
        double least = 1 + random.nextInt(50);
        double width = 1 + random.nextInt(500);
        Seq<DatasetBucket> buckets = Vector.range(0, 4)
                .map(i -> DatasetBucket.EMPTY
                        .with(DatasetBucket.COUNT, Math.floor(examples / (i + 2.0)))
                        .with(DatasetBucket.LEFT, least + i * width)
                        .with(DatasetBucket.RIGHT, least + (i + 1) * width));
        return SupervisedTuningDatasetDistribution.EMPTY
                .with(SupervisedTuningDatasetDistribution.SUM, examples * 290)
                .with(SupervisedTuningDatasetDistribution.MIN, least)
                .with(SupervisedTuningDatasetDistribution.MAX, least + 4 * width)
                .with(SupervisedTuningDatasetDistribution.MEAN, least + width * 1.25)
                .with(SupervisedTuningDatasetDistribution.MEDIAN, least + width)
                .with(SupervisedTuningDatasetDistribution.P5, least + width / 8)
                .with(SupervisedTuningDatasetDistribution.P95, least + width * 3.5)
                .with(SupervisedTuningDatasetDistribution.BUCKETS, buckets);
    }
}
