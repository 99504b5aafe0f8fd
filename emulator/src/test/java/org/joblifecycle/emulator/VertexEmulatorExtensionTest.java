package org.joblifecycle.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.joblifecycle.emulator.junit.VertexEmulatorExtension;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.json.JobJson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VertexEmulatorExtensionTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final String JOB =
            JobJson.write(JobSnapshot.of("projects/p/locations/l/customJobs/1", JobState.QUEUED)
                            .withCreateTime(NOON)) + "\n";

    @Nested
    class Shared {
        @RegisterExtension
        static VertexEmulatorExtension extension =
                VertexEmulatorExtension.of(VertexEmulator.configure().manualClock(NOON));

        private static VertexEmulator last;

        @RepeatedTest(2)
        void eachTestHasTheSameEmulatorWithoutJobs(VertexEmulator emulator) {
            assertSame(extension.get(), emulator);
            assertTrue(last == null || last == emulator);
            last = emulator;
            assertEquals(0, emulator.jobs().size());
            emulator.load(JOB);
        }

        @AfterAll
        static void itStillRuns() throws IOException {
            connect(last);
        }
    }

    @Nested
    class Own {
        @RegisterExtension
        VertexEmulatorExtension extension =
                VertexEmulatorExtension.of(VertexEmulator.configure().manualClock(NOON));

        private static VertexEmulator last;

        @RepeatedTest(2)
        void eachTestHasItsOwnEmulator(VertexEmulator emulator) {
            assertNotSame(last, emulator);
            if (last != null) {
                assertThrows(ConnectException.class, () -> connect(last));
            }
            last = emulator;
            assertEquals(NOON, emulator.time());
            emulator.advance(Duration.ofHours(1));
        }
    }

    private static void connect(VertexEmulator emulator) throws IOException {
        URI url = URI.create(emulator.restUrl());
        new Socket(url.getHost(), url.getPort()).close();
    }

    @Test
    void settingsStartAnyNumberOfEmulators() throws IOException {
        VertexEmulator.Settings settings = VertexEmulator.configure().manualClock(NOON);
        try (VertexEmulator one = settings.start();
                VertexEmulator other = settings.start()) {
            one.advance(Duration.ofHours(1));
            assertEquals(NOON, other.time());
        }
    }

    @Test
    void outsideOfTestsThereIsNoEmulator() {
        VertexEmulatorExtension extension = VertexEmulatorExtension.of(VertexEmulator.configure());
        assertThrows(IllegalStateException.class, extension::get);
    }
}
