package org.joblifecycle.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.client.cli.CliFrontend;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;
import org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

// A session cluster of Flink on loopback. As in production, each JobManager and each TaskManager is a process of its
// own, which can be killed. Maven Central does not have the distribution of Flink: this does what its scripts do, with
// the class path of the test. The classes of this project are not on that path: a job brings them in its jar.
final class FlinkProcesses implements AutoCloseable {
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final int POLL_MILLIS = 50;
    private static final int LINES_OF_A_LOG = 30;
    private static final int FAILURES = 1000;
    private static final String LOOPBACK = "127.0.0.1";
    private static final String HIGH_AVAILABILITY = "high-availability.type";
    private static final String JOB_MANAGER = "jobmanager";
    // What the distribution of Flink does not have. Whatever of Flink's connectors it has goes before that of a job.
    private static final List<String> OF_JOBS =
            List.of("job-lifecycle", "flink-connector-kafka", "kafka", "jackson", "picocli", "vavr");
    private static final Set<String> TERMINAL = Set.of("FINISHED", "FAILED", "CANCELED");
    private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Map<String, Process> alive = new ConcurrentHashMap<>();
    private final Thread atTheEndOfThisProcess = new Thread(this::killAll);
    private final Path folder;
    private final Map<String, String> config;
    private final URI rest;
    private int taskManagers;
    private int clients;

    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private FlinkProcesses(Path folder, int slotsEach, Map<String, String> ofTheTest) throws IOException {
        this.folder = folder;
        List<Integer> ports = freePorts(3);
        rest = URI.create("http://" + LOOPBACK + ":" + ports.get(0));
        config = new TreeMap<>(defaults(slotsEach));
        config.put("rest.port", ports.get(0).toString());
        config.put("jobmanager.rpc.port", ports.get(1).toString());
        config.put("io.tmp.dirs", Files.createDirectories(folder.resolve("tmp")).toString());
        if ("zookeeper".equals(ofTheTest.get(HIGH_AVAILABILITY))) {
            config.put("high-availability.zookeeper.quorum", LOOPBACK + ":" + ports.get(2));
            config.put(
                    "high-availability.storageDir",
                    folder.resolve("high-availability").toUri().toString());
            // So long does a JobManager that was killed stay the leader.
            config.put("high-availability.zookeeper.client.session-timeout", "4 s");
        }
        config.putAll(ofTheTest);
        Files.writeString(
                Files.createDirectories(conf()).resolve("config.yaml"),
                config.entrySet().stream()
                        .map(each -> each.getKey() + ": '" + each.getValue().replace("'", "''") + "'\n")
                        .collect(Collectors.joining()));
        Runtime.getRuntime().addShutdownHook(atTheEndOfThisProcess);
    }

    private static Map<String, String> defaults(int slotsEach) {
        Map<String, String> defaults = new TreeMap<>();
        for (String host : List.of(
                "jobmanager.rpc.address",
                "jobmanager.bind-host",
                "taskmanager.host",
                "taskmanager.bind-host",
                "rest.address",
                "rest.bind-address")) {
            defaults.put(host, LOOPBACK);
        }
        defaults.put("taskmanager.numberOfTaskSlots", Integer.toString(slotsEach));
        defaults.put("taskmanager.memory.framework.heap.size", "48m");
        defaults.put("taskmanager.memory.framework.off-heap.size", "32m");
        defaults.put("taskmanager.memory.task.heap.size", "96m");
        defaults.put("taskmanager.memory.managed.size", "32m");
        defaults.put("taskmanager.memory.network.min", "32m");
        defaults.put("taskmanager.memory.network.max", "32m");
        defaults.put("taskmanager.memory.jvm-metaspace.size", "128m");
        // A process that was killed is missed soon.
        defaults.put("heartbeat.interval", "1 s");
        defaults.put("heartbeat.timeout", "8 s");
        // A TaskManager that is there before the JobManager asks again soon.
        defaults.put("cluster.registration.error-delay", "200 ms");
        // What the REST API answers is not older.
        defaults.put("web.refresh-interval", "200 ms");
        defaults.put("web.exception-history-size", Integer.toString(FAILURES));
        return defaults;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket each : sockets) {
                each.close();
            }
        }
    }

    /**
     * Starts a cluster, and waits until all its slots are there.
     *
     * <p>With {@code high-availability.type: zookeeper} it has a ZooKeeper of its own.
     *
     * @param folder for the configuration, the logs and whatever the cluster writes
     * @param config goes before what this class would configure
     */
    static FlinkProcesses start(Path folder, int taskManagers, int slotsEach, Map<String, String> config)
            throws IOException, InterruptedException {
        FlinkProcesses cluster = new FlinkProcesses(folder, slotsEach, config);
        boolean started = false;
        try {
            if ("zookeeper".equals(config.get(HIGH_AVAILABILITY))) {
                cluster.launchZooKeeper();
            }
            cluster.launchJobManager();
            for (int i = 0; i < taskManagers; i++) {
                cluster.launchTaskManager();
            }
            cluster.awaitJobManager();
            for (int i = 0; i < taskManagers; i++) {
                cluster.awaitTaskManager(i);
            }
            started = true;
            return cluster;
        } finally {
            if (!started) {
                cluster.close();
            }
        }
    }

    URI rest() {
        return rest;
    }

    /**
     * A jar for {@link #run}.
     *
     * @param members each stands for all that is in its own jar, or folder of the class path
     */
    static Path jar(Path file, Class<?>... members) throws IOException, URISyntaxException {
        Set<Path> sources = new LinkedHashSet<>();
        for (Class<?> each : members) {
            sources.add(Path.of(
                    each.getProtectionDomain().getCodeSource().getLocation().toURI()));
        }
        Set<String> names = new HashSet<>();
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (Path source : sources) {
                if (Files.isDirectory(source)) {
                    pack(source, jar, names);
                } else {
                    try (FileSystem inside = FileSystems.newFileSystem(source)) {
                        pack(inside.getPath("/"), jar, names);
                    }
                }
            }
        }
        return file;
    }

    private static void pack(Path root, JarOutputStream jar, Set<String> names) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(each).toString().replace(File.separatorChar, '/');
                boolean isOfTheOldJar = name.startsWith("META-INF/") && !name.startsWith("META-INF/services/");
                if (!isOfTheOldJar && names.add(name)) {
                    jar.putNextEntry(new JarEntry(name));
                    Files.copy(each, jar);
                }
            }
        }
    }

    /** Submits a job, which goes on by itself, and answers its id. */
    String run(Path jar, Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("run", "-d", "-c", main.getName(), jar.toString()));
        command.addAll(List.of(arguments));
        String said = client(command.toArray(String[]::new));
        Matcher id = JOB_ID.matcher(said);
        if (!id.find()) {
            throw new AssertionError("no job was submitted: " + said);
        }
        return id.group(1);
    }

    /** Runs the command {@code flink} to its end, and answers what it printed. */
    String client(String... arguments) throws IOException, InterruptedException {
        String name = "client-" + clients++;
        Path out = folder.resolve(name + ".out");
        ProcessBuilder builder =
                java(name, List.of("-Xmx128m"), CliFrontend.class, arguments).redirectOutput(out.toFile());
        builder.environment().put("FLINK_CONF_DIR", conf().toString());
        Process process = builder.start();
        alive.put(name, process);
        try {
            boolean ended = process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS);
            String said = Files.readString(out);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError("flink " + String.join(" ", arguments)
                        + (ended ? " ended with " + process.exitValue() : " hangs") + "\n" + said + logs());
            }
            return said;
        } finally {
            kill(name);
        }
    }

    /** The state of a job, or UNKNOWN while no JobManager answers that knows it. */
    String state(String job) throws InterruptedException {
        try {
            return get("/jobs/" + job).path("state").asText("UNKNOWN");
        } catch (IOException e) {
            return "UNKNOWN";
        }
    }

    /** Waits for a state, but not for one that cannot come any more. */
    void awaitState(String job, String state, Duration most) throws InterruptedException {
        await("job " + job + " to be " + state, most, () -> {
            String now = state(job);
            if (TERMINAL.contains(now) && !now.equals(state)) {
                throw new AssertionError("the job is " + now + failures(job));
            }
            return now.equals(state);
        });
    }

    /** Waits until so many tasks of a job run at once. */
    void awaitRunningTasks(String job, int tasks, Duration most) throws InterruptedException {
        await(tasks + " running tasks of job " + job, most, () -> {
            String now = state(job);
            if (TERMINAL.contains(now)) {
                throw new AssertionError("the job is " + now + failures(job));
            }
            return runningTasks(job) == tasks;
        });
    }

    int runningTasks(String job) throws IOException, InterruptedException {
        int running = 0;
        for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
            running += vertex.path("tasks").path("RUNNING").asInt();
        }
        return running;
    }

    /** Waits until a task whose name has this in it runs, and answers the index of its TaskManager. */
    int awaitRunningTask(String job, String name, Duration most) throws InterruptedException {
        int[] index = {-1};
        await("a task " + name + " of job " + job, most, () -> {
            String now = state(job);
            if (TERMINAL.contains(now)) {
                throw new AssertionError("the job is " + now + failures(job));
            }
            for (JsonNode task : tasks(job, name)) {
                String id = task.path("taskmanager-id").asText();
                if (task.path("status").asText().equals("RUNNING") && alive.containsKey(id)) {
                    index[0] = Integer.parseInt(id.substring(id.indexOf('-') + 1));
                }
            }
            return index[0] >= 0;
        });
        return index[0];
    }

    /** How many tasks whose name has this in it were started more than once. */
    int restartedTasks(String job, String name) throws IOException, InterruptedException {
        int restarted = 0;
        for (JsonNode task : tasks(job, name)) {
            restarted += task.path("attempt").asInt() > 0 ? 1 : 0;
        }
        return restarted;
    }

    private List<JsonNode> tasks(String job, String name) throws IOException, InterruptedException {
        List<JsonNode> tasks = new ArrayList<>();
        for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
            if (vertex.path("name").asText().contains(name)) {
                get("/jobs/" + job + "/vertices/" + vertex.path("id").asText())
                        .path("subtasks")
                        .forEach(tasks::add);
            }
        }
        return tasks;
    }

    /** Cancels a job, and waits for its end. */
    void cancel(String job) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(rest.resolve("/jobs/" + job + "?mode=cancel"))
                .timeout(Duration.ofSeconds(10))
                .method("PATCH", HttpRequest.BodyPublishers.noBody())
                .build();
        http.send(request, BodyHandlers.ofString());
        awaitState(job, "CANCELED", MOST);
    }

    /** How often the job failed and was started again, since the JobManager started. */
    int numberOfRestarts(String job) throws IOException, InterruptedException {
        // Not the metric numRestarts: it stays 0 for seconds after a TaskManager was killed, and ends with the job.
        return failures(job).size();
    }

    private JsonNode failures(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job + "/exceptions?maxExceptions=" + FAILURES)
                .path("exceptionHistory")
                .path("entries");
    }

    int completedCheckpoints(String job) throws IOException, InterruptedException {
        return checkpoints(job, "completed");
    }

    /** How often the job began from a checkpoint, since the JobManager started. */
    int restoredCheckpoints(String job) throws IOException, InterruptedException {
        return checkpoints(job, "restored");
    }

    private int checkpoints(String job, String count) throws IOException, InterruptedException {
        return get("/jobs/" + job + "/checkpoints").path("counts").path(count).asInt();
    }

    /** Kills a TaskManager with SIGKILL. Flink learns of that a moment later. */
    void killTaskManager(int index) {
        kill(taskManager(index));
    }

    /** Starts one more TaskManager, waits until its slots are there, and answers its index. */
    int startTaskManager() throws IOException, InterruptedException {
        int index = launchTaskManager();
        awaitTaskManager(index);
        return index;
    }

    /** Kills the JobManager with SIGKILL. */
    void killJobManager() {
        kill(JOB_MANAGER);
    }

    /** Starts the JobManager again, on the same ports, and waits until it answers. */
    void startJobManager() throws IOException, InterruptedException {
        launchJobManager();
        awaitJobManager();
    }

    @Override
    public void close() {
        killAll();
        Runtime.getRuntime().removeShutdownHook(atTheEndOfThisProcess);
    }

    /** Waits until the condition holds; that it cannot be asked counts as that it does not. */
    void await(String what, Duration most, Condition condition) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            String failure = "";
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException e) {
                failure = ": " + e;
            }
            for (Map.Entry<String, Process> each : alive.entrySet()) {
                if (!each.getValue().isAlive()) {
                    throw new AssertionError(
                            each.getKey() + " ended with " + each.getValue().exitValue() + logs());
                }
            }
            if (System.nanoTime() - start > most.toNanos()) {
                throw new AssertionError("waited " + most.toSeconds() + " s in vain for " + what + failure + logs());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private void awaitJobManager() throws InterruptedException {
        await("the JobManager", MOST, () -> get("/overview").has("taskmanagers"));
    }

    private void awaitTaskManager(int index) throws InterruptedException {
        await(taskManager(index), MOST, () -> {
            for (JsonNode each : get("/taskmanagers").path("taskmanagers")) {
                if (each.path("id").asText().equals(taskManager(index))) {
                    return each.path("slotsNumber").asInt()
                            == Integer.parseInt(config.get("taskmanager.numberOfTaskSlots"));
                }
            }
            return false;
        });
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(rest.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + ": " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    private void launchZooKeeper() throws IOException {
        Path data = Files.createDirectories(folder.resolve("zookeeper"));
        Path file = conf().resolve("zoo.cfg");
        String quorum = config.get("high-availability.zookeeper.quorum");
        Files.writeString(
                file,
                String.join(
                        "\n",
                        "tickTime=500",
                        "clientPortAddress=" + LOOPBACK,
                        "clientPort=" + quorum.substring(quorum.indexOf(':') + 1),
                        "dataDir=" + data.toString().replace('\\', '/'),
                        "admin.enableServer=false"));
        launch(
                "zookeeper",
                List.of("-Xmx64m"),
                FlinkZooKeeperQuorumPeer.class,
                "--zkConfigFile",
                file.toString(),
                "--peerId",
                "1");
    }

    private void launchJobManager() throws IOException {
        launch(
                JOB_MANAGER,
                List.of("-Xmx192m", "-XX:MaxMetaspaceSize=160m"),
                StandaloneSessionClusterEntrypoint.class,
                "--configDir",
                conf().toString());
    }

    /** Starts one more TaskManager, and answers its index; its slots are there later. */
    int launchTaskManager() throws IOException {
        int index = taskManagers++;
        // The script learns this from BashJavaUtils: taskmanager.cpu.cores, each size of memory, -Xmx and the like.
        TaskExecutorProcessSpec spec = TaskExecutorProcessUtils.processSpecFromConfig(Configuration.fromMap(config));
        List<String> arguments = new ArrayList<>(List.of("--configDir", conf().toString()));
        arguments.addAll(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(spec)));
        arguments.addAll(List.of("-D", "taskmanager.resource-id=" + taskManager(index)));
        launch(
                taskManager(index),
                words(ProcessMemoryUtils.generateJvmParametersStr(spec)),
                TaskManagerRunner.class,
                arguments.toArray(String[]::new));
        return index;
    }

    private static String taskManager(int index) {
        return "taskmanager-" + index;
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split("\\s+"));
    }

    private Path conf() {
        return folder.resolve("conf");
    }

    private void launch(String name, List<String> options, Class<?> main, String... arguments) throws IOException {
        alive.put(name, java(name, options, main, arguments).start());
    }

    private ProcessBuilder java(String name, List<String> options, Class<?> main, String... arguments) {
        File log = folder.resolve(name + ".log").toFile();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        // As the config.yaml of the distribution has it.
        for (String each : List.of(
                "java.lang", "java.lang.reflect", "java.net", "java.nio", "java.text", "java.time", "java.util")) {
            command.add("--add-opens=java.base/" + each + "=ALL-UNNAMED");
        }
        // For SLF4J's simple binding, where the class path has it.
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=info");
        command.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
        command.add("-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS");
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .redirectError(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().put("CLASSPATH", classPath());
        return builder;
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(each -> Files.isRegularFile(each)
                        && OF_JOBS.stream().noneMatch(each.getFileName().toString()::startsWith)
                        && !each.getFileName().toString().endsWith("-tests.jar"))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void kill(String name) {
        Process process = alive.remove(name);
        if (process == null) {
            throw new IllegalArgumentException("no process " + name);
        }
        process.destroyForcibly().onExit().join();
    }

    private void killAll() {
        alive.values().forEach(Process::destroyForcibly);
        alive.values().forEach(each -> each.onExit().join());
    }

    private String logs() {
        try (Stream<Path> files = Files.list(folder)) {
            StringBuilder all = new StringBuilder();
            for (Path each : files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList()) {
                List<String> lines =
                        new String(Files.readAllBytes(each), UTF_8).lines().toList();
                all.append("\n--- the end of ").append(each.getFileName()).append('\n');
                lines.stream()
                        .skip(Math.max(0, lines.size() - LINES_OF_A_LOG))
                        .forEach(line -> all.append(line).append('\n'));
            }
            return all.toString();
        } catch (IOException e) {
            return "\nno logs: " + e;
        }
    }
}
