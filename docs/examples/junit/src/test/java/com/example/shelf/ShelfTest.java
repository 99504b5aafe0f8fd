package com.example.shelf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.util.Optional;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.junit.jupiter.api.Test;

/** An ordinary test beside the conformance suite. */
class ShelfTest {
    @Test
    void aQueuedJobCannotSucceed() {
        Shelf shelf = new Shelf();
        JobSnapshot queued = shelf.submit("nightly", Instant.EPOCH);

        assertFalse(shelf.update(queued.withState(JobState.SUCCEEDED)));
        assertEquals(Optional.of(queued), shelf.find("nightly"));
    }
}
