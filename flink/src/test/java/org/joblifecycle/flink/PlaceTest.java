package org.joblifecycle.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.joblifecycle.json.Unreadable;
import org.joblifecycle.json.Unreadable.Reason;
import org.junit.jupiter.api.Test;

class PlaceTest {
    private static final Unreadable FAULT = new Unreadable(Reason.MALFORMED_JSON, null, null, "no JSON");

    @Test
    void aPlaceIsALineOrAnOffset() {
        Place line = Place.ofLine("a b\n", 7);
        assertFalse(line.inTopic());
        assertEquals("a b\\u000a:7", line.toString());
        Place offset = Place.ofOffset("jobs", 2, 17);
        assertTrue(offset.inTopic());
        assertEquals("jobs-2@17", offset.toString());
        assertEquals(List.of("jobs", 2, 17L), List.of(offset.source(), offset.partition(), offset.number()));
    }

    @Test
    void placesAreEqualByValueAndOrderedAsTheirInput() {
        assertEquals(Place.ofLine("a", 7), Place.ofLine("a", 7));
        assertEquals(Place.ofLine("a", 7).hashCode(), Place.ofLine("a", 7).hashCode());
        assertNotEquals(Place.ofLine("a", 7), Place.ofOffset("a", 0, 7));
        List<Place> ordered = List.of(
                Place.ofLine("a", 9),
                Place.ofLine("b", 1),
                Place.ofLine("b", 2),
                new Place(false, "b", 0, 10, 1, 0),
                new Place(false, "b", 0, 10, 1, 1),
                new Place(false, "a", 1, 0, 1, 0));
        for (int i = 0; i < ordered.size(); i++) {
            for (int j = 0; j < ordered.size(); j++) {
                assertEquals(
                        Integer.signum(Integer.compare(i, j)),
                        Integer.signum(ordered.get(i).compareTo(ordered.get(j))));
            }
        }
    }

    @Test
    void placesInAllFilesHaveOneOrder() {
        long largest = 1L << 43; // bytes, of a file
        List<Place> ordered = List.of(
                new Place(false, "b", 0, 0, 1, 0),
                new Place(false, "b", 0, 0, 1, 1),
                new Place(false, "b", 0, largest, 1, largest - 1),
                new Place(false, "a", 1, 0, 1, 0),
                new Place(false, "a", Place.MOST_FILES - 1, 0, 1, 0),
                new Place(false, "a", Place.MOST_FILES - 1, largest, 1, largest - 1));
        for (int i = 1; i < ordered.size(); i++) {
            assertTrue(
                    ordered.get(i - 1).rank() < ordered.get(i).rank(),
                    ordered.get(i).toString());
        }
    }

    @Test
    void recordsAreKeyedByNameOrElseByPlace() {
        Place place = Place.ofOffset("jobs", 2, 17);
        assertEquals(Jobs.name("7"), JobRecord.of(place, Jobs.pending("7")).key());
        assertEquals(
                "4 jobs " + Jobs.name("7"),
                JobRecord.of(place, Jobs.pending("7")).keyInSource());
        assertEquals(
                "jobs-2@17",
                JobRecord.of(place, Jobs.pending("7").withName(null)).key());
        assertEquals("jobs-2@17", JobRecord.unreadable(place, FAULT).key());
    }

    @Test
    void jobsOfDifferentFilesHaveDifferentKeys() {
        JobRecord one = JobRecord.of(Place.ofLine("jobs", 1), Jobs.pending("7").withName("2 x"));
        JobRecord other =
                JobRecord.of(Place.ofLine("jobs 2", 1), Jobs.pending("7").withName("x"));
        assertNotEquals(one.keyInSource(), other.keyInSource());
    }

    @Test
    void theTimestampOfARecordIsItsUpdateTimeInMilliseconds() {
        Place place = Place.ofLine("a", 1);
        assertEquals(
                -1,
                JobRecord.of(place, Jobs.pending("7").withUpdateTime(Instant.ofEpochSecond(0, -1)))
                        .timestamp());
        assertEquals(
                Long.MIN_VALUE,
                JobRecord.of(place, Jobs.pending("7").withUpdateTime(null)).timestamp());
        assertEquals(Long.MIN_VALUE, JobRecord.unreadable(place, FAULT).timestamp());
        for (Instant extreme : List.of(Instant.MIN, Instant.MAX)) {
            long timestamp = JobRecord.of(place, Jobs.pending("7").withUpdateTime(extreme))
                    .timestamp();
            assertEquals(Long.signum(extreme.getEpochSecond()), Long.signum(timestamp));
        }
    }

    @Test
    void recordsSayWhatTheyAre() {
        Place place = Place.ofLine("a", 1);
        assertEquals(
                "a:1: " + Jobs.pending("7"),
                JobRecord.of(place, Jobs.pending("7")).toString());
        assertEquals(
                "a:1: malformed-json: no JSON",
                JobRecord.unreadable(place, FAULT).toString());
        assertEquals(
                JobRecord.unreadable(place, FAULT).hashCode(),
                JobRecord.unreadable(place, FAULT).hashCode());
        assertNotEquals(JobRecord.unreadable(place, FAULT), JobRecord.broken(place, FAULT));
        NullPointerException missing = assertThrows(NullPointerException.class, () -> JobRecord.of(place, null));
        assertEquals("job", missing.getMessage());
    }

    @Test
    void jsonOfAFindingTellsItsPlace() {
        JobFinding finding = JobFinding.of(Place.ofLine("ä", 3), FAULT);
        assertEquals(
                "{\"file\":\"\\u00E4\",\"line\":3,\"job\":null,\"rule\":\"malformed-json\",\"field\":null,\"message\":\"no JSON\"}",
                finding.json());
        assertEquals(
                "{\"topic\":\"jobs\",\"partition\":2,\"offset\":17,\"job\":null,\"rule\":\"malformed-json\",\"field\":null,"
                        + "\"message\":\"no JSON\"}",
                finding.at(Place.ofOffset("jobs", 2, 17)).json());
        assertTrue(finding.at(Place.ofLine("a\u007f\n", 3)).json().startsWith("{\"file\":\"a\\u007F\\n\",\"line\":3,"));
    }
}
