package org.joblifecycle.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vavr.collection.LinkedHashMap;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.joblifecycle.json.TuningJobJson;
import org.joblifecycle.tuning.RpcStatus;
import org.joblifecycle.tuning.TuningJob;

// Whether com.google.genai.types.TuningJob is the same job, when it reads and when it writes.
class GenAiProperties {
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void theSdkReadsWhatTheLibraryWrites(@ForAll("tuningJobs") TuningJob job) {
        var theirs = com.google.genai.types.TuningJob.fromJson(TuningJobJson.write(job));

        assertEquals(Optional.ofNullable(job.name()), theirs.name());
        assertEquals(Optional.ofNullable(job.tunedModelDisplayName()), theirs.tunedModelDisplayName());
        assertEquals(Optional.ofNullable(job.description()), theirs.description());
        assertEquals(
                Optional.ofNullable(job.state()).map(Object::toString),
                theirs.state().map(Object::toString));
        assertEquals(Optional.ofNullable(job.createTime()), theirs.createTime());
        assertEquals(Optional.ofNullable(job.startTime()), theirs.startTime());
        assertEquals(Optional.ofNullable(job.endTime()), theirs.endTime());
        assertEquals(Optional.ofNullable(job.updateTime()), theirs.updateTime());
        assertEquals(job.error() == null, theirs.error().isEmpty());
        assertEquals(
                Optional.ofNullable(job.error()).map(error -> error.toJobError().code()),
                theirs.error().map(error -> error.code().orElse(0)));
        assertEquals(
                Optional.ofNullable(job.error()).map(error -> error.toJobError().message()),
                theirs.error().map(error -> error.message().orElse("")));
        assertEquals(
                Optional.ofNullable(job.error())
                        .map(error -> error.all(RpcStatus.DETAILS).size()),
                theirs.error()
                        .map(error -> error.details().map(java.util.List::size).orElse(0)));
        assertEquals(job.labels(), theirs.labels().map(LinkedHashMap::ofAll).orElse(LinkedHashMap.empty()));
        assertEquals(Optional.ofNullable(job.experiment()), theirs.experiment());
        assertEquals(job.tunedModel() == null, theirs.tunedModel().isEmpty());
        assertEquals(job.tuningDataStats() == null, theirs.tuningDataStats().isEmpty());
        assertEquals(
                Optional.ofNullable(job.encryptionSpec()).map(spec -> spec.kmsKeyName()),
                theirs.encryptionSpec().flatMap(spec -> spec.kmsKeyName()));
        assertEquals(Optional.ofNullable(job.baseModel()), theirs.baseModel());
        assertEquals(
                Optional.ofNullable(job.supervisedTuningSpec()).map(spec -> spec.trainingDatasetUri()),
                theirs.supervisedTuningSpec().flatMap(spec -> spec.trainingDatasetUri()));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void theLibraryReadsWhatTheSdkWrites(@ForAll("tuningJobs") TuningJob job) {
        String theirs = com.google.genai.types.TuningJob.fromJson(TuningJobJson.write(job))
                .toJson();

        assertEquals(
                Jobs.withoutDefaults(job),
                Jobs.withoutDefaults(TuningJobJson.read(theirs).get()),
                theirs);
    }

    @Provide
    static Arbitrary<TuningJob> tuningJobs() {
        return Jobs.tuningJobs();
    }
}
