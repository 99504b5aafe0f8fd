package org.joblifecycle.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What {@code dependency:tree -Dverbose} prints of a module: each artifact once with its own dependencies, and elsewhere in brackets. */
final class DependencyTree {
    private static final Pattern LINE =
            Pattern.compile("(?m)^([-|+\\\\ ]*)(\\(?)([^: ]+:[^: ]+:[^ )]+):([^: ]+):([a-z]+)(?:[ )].*)?$");
    private static final int INDENT = 3;

    /** A dependency that the pom of the module declares, without its version. */
    record Direct(String id, String scope) {}

    private final List<Direct> direct = new ArrayList<>();
    private final Map<String, List<String>> needs = new TreeMap<>();
    private final Map<String, String> versions = new TreeMap<>();

    private DependencyTree() {}

    static DependencyTree parse(String text) {
        DependencyTree tree = new DependencyTree();
        List<String> path = new ArrayList<>();
        LINE.matcher(text).results().forEach(line -> {
            int depth = line.group(1).length() / INDENT;
            String id = line.group(3);
            path.subList(Math.min(depth - 1, path.size()), path.size()).clear();
            path.add(id);
            if (depth == 1) {
                tree.direct.add(new Direct(id, line.group(5)));
            } else {
                tree.needs
                        .computeIfAbsent(path.get(depth - 2), key -> new ArrayList<>())
                        .add(id);
            }
            if (line.group(2).isEmpty()) {
                tree.versions.put(id, line.group(4));
            }
        });
        return tree;
    }

    List<Direct> direct() {
        return direct;
    }

    /** The names and versions of what is reached from this artifact, with itself, added to those that were reached before. */
    void addReachable(String id, SortedMap<String, String> reached) {
        String name = id.substring(0, id.indexOf(':', id.indexOf(':') + 1));
        if (reached.putIfAbsent(name, versions.getOrDefault(id, "?")) == null) {
            needs.getOrDefault(id, List.of()).forEach(next -> addReachable(next, reached));
        }
    }
}
