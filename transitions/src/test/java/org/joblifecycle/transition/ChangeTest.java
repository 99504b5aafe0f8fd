package org.joblifecycle.transition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.util.Arrays;
import java.util.Locale;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;

class ChangeTest {
    private static final Seq<Change> EACH = List.of(
            new Change.Appeared(JobState.RUNNING),
            new Change.Unchanged(),
            new Change.Amended(),
            new Change.Stepped(JobTransition.QUEUED_TO_RUNNING),
            new Change.Skipped(JobState.QUEUED, JobState.SUCCEEDED),
            new Change.Illegal(JobState.SUCCEEDED, JobState.RUNNING),
            new Change.Stale());

    @Test
    void theIdsAreThoseOfAllKindsOfChange() {
        assertEquals(
                Arrays.asList(Change.class.getPermittedSubclasses()),
                EACH.map(Object::getClass).toJavaList());
        assertEquals(EACH.map(Change::id), Change.ids());
    }

    @Test
    void anIdIsTheNameOfTheKind() {
        assertEquals(
                EACH.map(change -> change.getClass().getSimpleName().toLowerCase(Locale.ROOT)), EACH.map(Change::id));
    }
}
