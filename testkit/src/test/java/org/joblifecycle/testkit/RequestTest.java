package org.joblifecycle.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vavr.collection.List;
import org.joblifecycle.tuning.rule.TuningJobLifecycle;
import org.junit.jupiter.api.Test;

class RequestTest {
    private static final Request ALL = new Request(Request.KNOWN.appendAll(Request.UNKNOWN));

    @Test
    void aServiceAcceptsIt() {
        assertEquals(List.empty(), TuningJobLifecycle.authority().checkCreate(ALL.job()));
    }

    @Test
    void eachSimplerOneHasOnePart() {
        assertEquals(ALL.parts().size(), ALL.simpler().map(Request::job).toSet().size());
        ALL.simpler().forEach(simpler -> assertNotEquals(new Request(List.empty()).job(), simpler.job()));
        assertEquals(List.empty(), ALL.simpler().head().simpler());
    }
}
