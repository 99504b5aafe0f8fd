package com.example.scheduler;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.vavr.collection.Seq;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.joblifecycle.job.JobError;
import org.joblifecycle.store.Query;
import org.joblifecycle.store.Recorded;
import org.joblifecycle.store.StoreOutcome;
import org.joblifecycle.store.StoredJob;

/** The command. */
public final class Main {
    private static final String USAGE = """
            usage: submit ID COMMAND | cancel ID | list | show ID | work
            ID: letters, digits, _ and -. COMMAND: for sh. The database: a JDBC URL in DATABASE, by default \
            %s""";
    /** How many arguments each has, itself counted. */
    private static final Map<String, Integer> COMMANDS =
            Map.of("submit", 3, "cancel", 2, "show", 2, "list", 1, "work", 1);

    private static final String DEFAULT_DATABASE = "jdbc:h2:./jobs;AUTO_SERVER=TRUE;WRITE_DELAY=0";
    private static final String PARENT = "projects/example/locations/local/customJobs/";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,63}");
    private static final int WORKERS = 3;
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Main() {}

    /** Ends with status 0; 1 if the answer is no; 2 if the arguments or the database are at fault. */
    public static void main(String... arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        String command = arguments.isEmpty() ? "" : arguments.get(0);
        boolean isWellFormed = arguments.size() == COMMANDS.getOrDefault(command, -1)
                && (arguments.size() == 1 || ID.matcher(arguments.get(1)).matches());
        if (!isWellFormed) {
            System.err.println(USAGE.formatted(DEFAULT_DATABASE));
            return 2;
        }
        try (HikariDataSource database = new HikariDataSource(config())) {
            Scheduler scheduler = new Scheduler(database, InstantSource.system(), LEASE, DELAY);
            scheduler.createTables();
            return switch (command) {
                case "submit" -> say(scheduler.submit(PARENT + arguments.get(1), arguments.get(2)));
                case "cancel" -> say(scheduler.cancel(PARENT + arguments.get(1)));
                case "list" -> list(scheduler);
                case "show" -> show(scheduler, PARENT + arguments.get(1));
                default -> work(scheduler);
            };
        } catch (SQLException | RuntimeException | InterruptedException e) {
            System.err.println(e.getMessage());
            return 2;
        }
    }

    private static HikariConfig config() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(Objects.requireNonNullElse(System.getenv("DATABASE"), DEFAULT_DATABASE));
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setMaximumPoolSize(WORKERS + 1);
        config.setInitializationFailTimeout(PATIENCE.toMillis()); // H2 needs some seconds if its last user was killed
        return config;
    }

    private static int say(StoreOutcome outcome) {
        if (outcome instanceof StoreOutcome.Done done) {
            System.out.println(line(done.after()));
            return 0;
        }
        System.err.println(
                outcome instanceof StoreOutcome.Refused refused
                        ? refused.violations().mkString("\n")
                        : outcome instanceof StoreOutcome.Overtaken overtaken
                                ? "there is a job " + line(overtaken.current()) + " already"
                                : "there is no such job");
        return 1;
    }

    private static int list(Scheduler scheduler) {
        Query query = Query.all();
        for (Seq<StoredJob> page = scheduler.jobs().list(query);
                !page.isEmpty();
                page = scheduler.jobs().list(query)) {
            page.forEach(stored -> System.out.println(line(stored)));
            query = query.after(page.last().name());
        }
        return 0;
    }

    private static int show(Scheduler scheduler, String name) {
        Seq<Recorded> history = scheduler.jobs().history(name);
        history.forEach(recorded -> System.out.println(recorded.recordedAt() + " "
                + (recorded.event() == null ? "submitted" : recorded.event()) + ": "
                + line(recorded.stored())));
        return history.isEmpty() ? 1 : 0;
    }

    private static String line(StoredJob stored) {
        JobError error = stored.job().error();
        return stored.name().substring(PARENT.length()) + " " + stored.job().state()
                + (error == null ? "" : " (" + error.message() + ")");
    }

    private static int work(Scheduler scheduler) throws InterruptedException {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            workers.add(new Thread(new Worker(scheduler, PAUSE), "worker-" + i));
        }
        workers.forEach(Thread::start);
        for (Thread worker : workers) {
            worker.join();
        }
        return 0;
    }
}
