package org.joblifecycle.docs;

import static java.util.Objects.requireNonNull;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What the sources of all modules declare. */
final class Sources {
    /** A class that is declared: its package, and its name with those of the classes around it. */
    record Declared(String packageName, String name, boolean isMain, boolean isInterface, boolean isPublic) {
        String simpleName() {
            return name.substring(name.lastIndexOf('.') + 1);
        }
    }

    private final List<Declared> classes = new ArrayList<>();
    private final Set<String> packages = new HashSet<>();

    /** The methods and fields of the classes of one simple name. */
    private final Map<String, Set<String>> members = new HashMap<>();

    private Sources() {}

    /** Reads the sources, which need not be compiled. */
    static Sources read() throws IOException {
        Sources sources = new Sources();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            for (String folder : List.of("src/main/java", "src/test/java")) {
                JavacTask task = (JavacTask) compiler.getTask(
                        null, files, null, null, null, files.getJavaFileObjectsFromPaths(javaFiles(folder)));
                for (CompilationUnitTree unit : task.parse()) {
                    if (unit.getPackageName() != null) {
                        sources.add(unit, folder.contains("main"));
                    }
                }
            }
        }
        return sources;
    }

    private static List<Path> javaFiles(String folder) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String module : Modules.read().names()) {
            Path root = Repository.TOP.resolve(module).resolve(folder);
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.walk(root)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
                }
            }
        }
        return found;
    }

    private void add(CompilationUnitTree unit, boolean isMain) {
        String packageName = unit.getPackageName().toString();
        packages.add(packageName);
        new TreeScanner<@Nullable Void, @Nullable Declared>() {
            @Override
            public @Nullable Void visitClass(ClassTree tree, @Nullable Declared around) {
                String name = tree.getSimpleName().toString();
                Declared declared = new Declared(
                        packageName,
                        around == null ? name : around.name() + "." + name,
                        isMain,
                        tree.getKind() == Tree.Kind.INTERFACE,
                        (around == null || around.isPublic())
                                && (tree.getModifiers().getFlags().contains(Modifier.PUBLIC)
                                        || (around != null && around.isInterface())));
                classes.add(declared);
                return super.visitClass(tree, declared);
            }

            @Override
            public @Nullable Void visitMethod(MethodTree tree, @Nullable Declared around) {
                return addMember(tree.getName().toString(), around);
            }

            @Override
            public @Nullable Void visitVariable(VariableTree tree, @Nullable Declared around) {
                return addMember(tree.getName().toString(), around);
            }

            private @Nullable Void addMember(String name, @Nullable Declared around) {
                members.computeIfAbsent(requireNonNull(around).simpleName(), key -> new HashSet<>())
                        .add(name);
                return null; // what is declared within it is local
            }
        }.scan(unit, null);
    }

    List<Declared> classes() {
        return classes;
    }

    boolean hasPackage(String name) {
        return packages.contains(name);
    }

    /** Whether there is a class of this name, such as {@code Change} or {@code Change.Stale}. */
    boolean hasClass(String name) {
        return classes.stream().anyMatch(each -> each.name().equals(name));
    }

    /** Whether a class of this simple name declares a method, field or constant of this name. */
    boolean hasMember(String simpleName, String member) {
        return members.getOrDefault(simpleName, Set.of()).contains(member);
    }
}
