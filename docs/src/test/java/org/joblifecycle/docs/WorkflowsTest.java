package org.joblifecycle.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What GitHub runs: it may do as little as it needs, and runs what is there. */
class WorkflowsTest {
    private static final Path FOLDER = Repository.TOP.resolve(".github/workflows");
    private static final Pattern USES = Pattern.compile("(?m)^ *(?:- )?uses: *(.*)$");
    private static final Pattern PINNED = Pattern.compile("[\\w-]+(?:/[\\w-]+)+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");
    private static final Pattern CACHE = Pattern.compile("(?m)^ +cache:|actions/cache");
    private static final Pattern PROFILE =
            Pattern.compile("<profile>\\s*(?:<!--.*?-->\\s*)?<id>(.*?)</id>", Pattern.DOTALL);
    private static final Set<String> TRIGGERS = Set.of("push", "pull_request", "schedule");
    private static final Map<String, Object> READ = Map.of("contents", "read");

    /** What a job may do beyond reading. */
    private static final Map<String, Map<String, Object>> MORE =
            Map.of("codeql.yml analyze", Map.of("contents", "read", "security-events", "write", "actions", "read"));

    private static Set<String> modules;
    private static Set<String> profiles;

    @BeforeAll
    static void readPoms() throws IOException {
        modules = Modules.read().names();
        profiles =
                PROFILE.matcher(poms()).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static String poms() throws IOException {
        StringBuilder poms = new StringBuilder(Repository.read("pom.xml"));
        for (String module : Modules.read().names()) {
            poms.append(Repository.read(module + "/pom.xml"));
        }
        return poms.toString();
    }

    private static Map<String, String> workflows() throws IOException {
        Map<String, String> workflows = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                workflows.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return workflows;
    }

    @Test
    void theWorkflowsHaveNoFaults() throws IOException {
        Map<String, String> workflows = workflows();
        assertEquals(Set.of("build.yml", "codeql.yml", "release.yml"), workflows.keySet());
        workflows.forEach((file, text) -> assertEquals(List.of(), faults(file, text), file));
    }

    /** What is replaced in a workflow, by what, and the fault that this makes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "build.yml ~ @3d3c42e5aac5ba805825da76410c181273ba90b1 ~ @v7 ~ is not pinned",
                "build.yml ~ 90b1 # v7.0.1 ~ 90b1 ~ is not pinned",
                "build.yml ~ 90b1 # v7.0.1 ~ 90b # v7.0.1 ~ is not pinned",
                "build.yml ~ 90b1 # v7.0.1 ~ 90b1 # v7 ~ is not pinned",
                "build.yml ~ contents: read ~ contents: write ~ the workflow may do more than read",
                "build.yml ~ contents: read ~ packages: read ~ the workflow may do more than read",
                "build.yml ~ permissions:\n  contents: read\n ~  ~ the workflow may do more than read",
                "build.yml ~ permissions:\n  contents: read ~ permissions: write-all ~ the workflow may do more than read",
                "codeql.yml ~ security-events: write ~ contents: write ~ analyze may do too much",
                "codeql.yml ~ actions: read ~ actions: write ~ analyze may do too much",
                "codeql.yml ~ actions: read ~ id-token: write ~ analyze may do too much",
                "codeql.yml ~   analyze: ~   other: ~ other may do too much",
                "codeql.yml ~ pull_request: ~ pull_request_target: ~ runs on pull_request_target",
                "codeql.yml ~ pull_request: ~ workflow_run: ~ runs on workflow_run",
                "build.yml ~ timeout-minutes: 90 ~ continue-on-error: false ~ verify has no timeout",
                "build.yml ~ persist-credentials: false ~ fetch-depth: 0 ~ leaves the token",
                "build.yml ~ persist-credentials: false ~ persist-credentials: true ~ leaves the token",
                "build.yml ~ .ci/run ~ .ci/run ${{ github.head_ref }} ~ an expression is in a command",
                "build.yml ~ .ci/run ~ .ci/runs ~ there is no .ci/runs",
                "build.yml ~ ./release-dry-run ~ true && ./release-rehearsal ~ there is no ./release-rehearsal",
                "build.yml ~ run: mvnw.cmd ~ run: mvn.cmd ~ mvn.cmd is not the wrapper",
                "build.yml ~ core,transitions,json ~ core,transition,json ~ there is no module transition",
                "release.yml ~ -Pcentral ~ -Pcentre ~ there is no profile centre",
                "release.yml ~ environment: release ~ continue-on-error: false ~ deploy has secrets without an environment",
                "release.yml ~ java-version: 17 ~ java-version: 17\n          cache: maven ~ a release has a cache",
                "release.yml ~ uses: actions/checkout ~ uses: actions/cache ~ a release has a cache",
            })
    void aFaultIsReported(String change) throws IOException {
        String[] parts = change.split(" ~ ", 4);
        String text = workflows().get(parts[0]);
        String changed = text.replace(parts[1], parts[2]);
        assertNotEquals(text, changed);

        List<String> faults = faults(parts[0], changed);

        assertTrue(faults.stream().anyMatch(fault -> fault.contains(parts[3])), faults::toString);
    }

    private static List<String> faults(String file, String text) {
        List<String> faults = new ArrayList<>();
        USES.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(action -> !PINNED.matcher(action).matches())
                .forEach(action -> faults.add(action + " is not pinned to a commit, with its version"));
        Map<String, Object> workflow = map(yaml(text));
        // YAML 1.1 reads the key "on" as true.
        map(workflow.get("true")).keySet().stream()
                .filter(trigger -> !TRIGGERS.contains(trigger))
                .forEach(trigger -> faults.add("runs on " + trigger));
        if (!READ.entrySet().containsAll(map(workflow.get("permissions")).entrySet())
                || !workflow.containsKey("permissions")) {
            faults.add("the workflow may do more than read");
        }
        if (text.contains("secrets.") && CACHE.matcher(text).find()) {
            faults.add("a release has a cache, which another build could have filled");
        }
        map(workflow.get("jobs")).forEach((name, job) -> faults.addAll(faults(file, name, map(job))));
        return faults;
    }

    private static List<String> faults(String file, String name, Map<String, Object> job) {
        List<String> faults = new ArrayList<>();
        if (!(job.get("timeout-minutes") instanceof Integer)) {
            faults.add(name + " has no timeout");
        }
        if (!MORE.getOrDefault(file + " " + name, READ)
                .entrySet()
                .containsAll(map(job.get("permissions")).entrySet())) {
            faults.add(name + " may do too much");
        }
        if (job.toString().contains("secrets.") && !job.containsKey("environment")) {
            faults.add(name + " has secrets without an environment");
        }
        for (Object each : (List<?>) job.get("steps")) {
            Map<String, Object> step = map(each);
            boolean isCheckout = String.valueOf(step.get("uses")).startsWith("actions/checkout@");
            if (isCheckout && !Boolean.FALSE.equals(map(step.get("with")).get("persist-credentials"))) {
                faults.add(name + " leaves the token to the steps that follow");
            }
            if (step.get("run") instanceof String command) {
                faults.addAll(faults(command));
            }
        }
        return faults;
    }

    private static List<String> faults(String command) {
        List<String> faults = new ArrayList<>();
        if (command.contains("${{")) {
            faults.add("an expression is in a command, and could be a command itself: " + command);
        }
        List<String> words = List.of(command.strip().split("\\s+"));
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.matches("mvn(\\.cmd)?")) {
                faults.add(word + " is not the wrapper");
            } else if (word.matches("\\.\\w*/.*|mvnw.*") && !isThere(Repository.TOP.resolve(word))) {
                faults.add("there is no " + word);
            } else if (word.startsWith("-P") && !profiles.contains(word.substring(2))) {
                faults.add("there is no profile " + word.substring(2));
            } else if (word.equals("-pl")) {
                Stream.of(words.get(i + 1).split(",", -1))
                        .filter(module -> !modules.contains(module))
                        .forEach(module -> faults.add("there is no module " + module));
            }
        }
        return faults;
    }

    private static boolean isThere(Path file) {
        return file.toString().endsWith(".cmd") ? Files.exists(file) : Files.isExecutable(file);
    }

    private static Object yaml(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    /** A map with the keys as strings; of a single word that word, and of nothing an empty one. */
    private static Map<String, Object> map(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> entries) {
            entries.forEach((key, entry) -> map.put(String.valueOf(key), entry));
        } else if (value != null) {
            map.put(String.valueOf(value), "");
        }
        return map;
    }

    @Test
    void whatIsHeldIsInThePomsAndHasAReason() throws IOException {
        String text = Repository.read(".github/dependabot.yml");
        List<String> held = Pattern.compile("(?m)^ *- dependency-name: (.*)$")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
        String poms = poms();
        for (String name : held) {
            String[] parts = name.split(":", 2);
            String dependency = "<groupId>" + Pattern.quote(parts[0]) + "</groupId>\\s*<artifactId>"
                    + parts[1].replace("*", ".*") + "</artifactId>";
            assertTrue(Pattern.compile(dependency).matcher(poms).find(), name);
        }
        List<String> explained = Pattern.compile(" *# .*\n *- dependency-name: (.*)")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertEquals(held, explained);
    }

    @Test
    void theBoundOfJqwikIsThatOfTheEnforcer() throws IOException {
        assertTrue(Repository.read("pom.xml").contains("<exclude>net.jqwik:*:[1.10,)</exclude>"));
        assertTrue(Repository.read(".github/dependabot.yml")
                .contains("- dependency-name: net.jqwik:*\n        versions: [\">=1.10\"]\n"));
    }
}
