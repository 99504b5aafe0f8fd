package org.joblifecycle.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.joblifecycle.store.JobStoreContract.NAME;
import static org.joblifecycle.store.JobStoreContract.OWNER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.HashSet;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.collection.Stream;
import io.vavr.collection.Vector;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.joblifecycle.transition.JobLifecycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

// What was acknowledged survives the death of the process that wrote it, and of the server. The profile "kills" kills
// more often.
class KillTest {
    private static final int KILLS = Integer.getInteger("store.kills", 10);
    private static final int SERVER_KILLS = Integer.getInteger("store.server-kills", 2);
    /** How many changes are acknowledged before anything is killed, however slow the machine is. */
    private static final int FEWEST = 3;

    private static final int MOST_MILLIS = 300;

    private final Random random = new Random();

    @TempDir
    Path folder;

    @Test
    void whatAWriterOfPostgresWasToldIsThere() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            killWriters(server.getJdbcUrl("postgres", "postgres"));
        }
    }

    @Test
    void whatAWriterOfH2WasToldIsThere() throws Exception {
        killWriters("jdbc:h2:file:" + folder.resolve("jobs") + ";WRITE_DELAY=0");
    }

    private void killWriters(String url) throws Exception {
        JdbcJobStore store = JdbcJobStore.of(Writer.database(url), JobLifecycle::authority);
        store.createSchema();
        Set<String> acknowledged = HashSet.empty();
        for (int i = 0; i < KILLS; i++) {
            Process writer = start(url);
            acknowledged =
                    acknowledged.addAll(killed(writer, () -> writer.toHandle().destroyForcibly()));
            assertAllThere(store, acknowledged);
        }
        assertTrue(acknowledged.size() > KILLS, () -> "hardly anything was written");
    }

    @Test
    void whatAServerThatIsKilledAcknowledgedIsThere() throws Exception {
        Path data = folder.resolve("data");
        Set<String> acknowledged = HashSet.empty();
        for (int i = 0; i < SERVER_KILLS; i++) {
            try (EmbeddedPostgres server = server(data)) {
                String url = server.getJdbcUrl("postgres", "postgres");
                JdbcJobStore store = JdbcJobStore.of(Writer.database(url), JobLifecycle::authority);
                store.createSchema();
                assertAllThere(store, acknowledged);
                acknowledged = acknowledged.addAll(killed(start(url), () -> killServer(data)));
            }
        }
        try (EmbeddedPostgres server = server(data)) {
            String url = server.getJdbcUrl("postgres", "postgres");
            assertAllThere(JdbcJobStore.of(Writer.database(url), JobLifecycle::authority), acknowledged);
        }
        assertTrue(acknowledged.size() > SERVER_KILLS, () -> "hardly anything was written");
    }

    private static EmbeddedPostgres server(Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("synchronous_commit", "on") // as it is unless one changes it
                .start();
    }

    private static void killServer(Path data) throws IOException {
        long postmaster = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle server = ProcessHandle.of(postmaster).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
        all.add(0, server);
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().join());
    }

    private Process start(String url) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        url,
                        Long.toString(random.nextLong()))
                .redirectError(folder.resolve("writer-errors").toFile())
                .start();
    }

    private interface Kill {
        void now() throws IOException;
    }

    /** Lets the writer write for a while, kills it or its server, and answers what it said until its end. */
    private Seq<String> killed(Process writer, Kill kill) throws Exception {
        Vector<String> acknowledged = Vector.empty();
        try (BufferedReader said = new BufferedReader(new InputStreamReader(writer.getInputStream(), UTF_8))) {
            while (acknowledged.size() < FEWEST) {
                acknowledged = acknowledged.append(said.readLine());
            }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_MILLIS));
            kill.now();
            StringBuilder rest = new StringBuilder();
            for (int c = said.read(); c >= 0; c = said.read()) {
                rest.append((char) c);
            }
            // A line that was cut off was not said.
            String whole = rest.substring(0, rest.lastIndexOf("\n") + 1);
            return acknowledged.appendAll(whole.lines().toList());
        } finally {
            writer.waitFor();
        }
    }

    private static void assertAllThere(JobStore store, Set<String> acknowledged) {
        Set<String> recorded = HashSet.empty();
        for (String name : Stream.range(0, Writer.JOBS).map(i -> NAME + i)) {
            Seq<Recorded> history = store.history(name);
            assertEquals(
                    store.find(name).toVector(),
                    history.lastOption().map(Recorded::stored).toVector());
            assertEquals(
                    Vector.rangeClosed(1L, (long) history.size()),
                    history.map(each -> each.stored().version()));
            assertTrue(OWNER.replay(history.map(each -> each.stored().job())).forAll(verdict -> verdict.isLegal()));
            recorded = recorded.addAll(history.map(each -> each.stored().toString()));
        }
        assertEquals(HashSet.empty(), acknowledged.removeAll(recorded));
    }
}
