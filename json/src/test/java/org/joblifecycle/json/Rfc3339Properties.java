package org.joblifecycle.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Option;
import java.time.Instant;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class Rfc3339Properties {
    @Property
    void aTimeThatIsWrittenIsReadBack(@ForAll("times") Instant time) {
        String text = Rfc3339.format(time).get();
        assertTrue(text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.([0-9]{3}){1,3})?Z"), text);
        assertEquals(Option.some(time), Rfc3339.parse(text));
    }

    @Provide
    static Arbitrary<Instant> times() {
        return JobSnapshots.times();
    }
}
