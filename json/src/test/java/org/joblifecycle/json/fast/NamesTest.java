package org.joblifecycle.json.fast;

import static org.joblifecycle.json.Inputs.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.joblifecycle.job.JobKind;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static final String BEFORE = "{\"name\":\"";
    private static final int LONGEST = 256;

    private final Names names = new Names(JobKind.TUNING_JOB);

    private Names.Name get(String name) {
        byte[] line = utf8(BEFORE + name + "\"}");
        int end = BEFORE.length() + name.length();
        return names.get(line, BEFORE.length(), end);
    }

    @Test
    void aNameIsOneStringEachTime() {
        for (int length = 1; length <= LONGEST; length++) {
            String name = "x".repeat(length);
            assertEquals(name, get(name).text);
            assertSame(get(name), get(name));
        }
    }

    @Test
    void namesOfOneSlotTakeTurns() {
        for (int round = 0; round < 2; round++) {
            for (String project : new String[] {"one", "another"}) {
                String name = "projects/" + project + "/locations/l/tuningJobs/12345678";
                assertEquals(name, get(name).text);
            }
        }
    }

    @Test
    void longNamesAreNotRemembered() {
        String name = "x".repeat(LONGEST + 1);
        assertEquals(name, get(name).text);
        assertNotSame(get(name), get(name));
    }

    @Test
    void aNameTellsTheKindOrElseItIsTheFallback() {
        assertEquals(JobKind.CUSTOM_JOB, get("projects/p/locations/l/customJobs/7").kind);
        assertEquals(JobKind.TUNING_JOB, get("7").kind);
        assertEquals(JobKind.NAS_JOB, new Names(JobKind.NAS_JOB).get(utf8(BEFORE + "7"), 9, 10).kind);
    }
}
