package org.joblifecycle.docs.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.Change;
import org.joblifecycle.transition.JobTransition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeWordsTest {
    private static final int PATTERN_SWITCHES = 21;

    private static final List<Change> CHANGES = List.of(
            new Change.Appeared(JobState.PENDING),
            new Change.Unchanged(),
            new Change.Amended(),
            new Change.Stepped(JobTransition.RUNNING_TO_PAUSED),
            new Change.Skipped(JobState.PENDING, JobState.SUCCEEDED),
            new Change.Illegal(JobState.SUCCEEDED, JobState.RUNNING),
            new Change.Stale());

    // guide: switch-17
    static String words(Change change) {
        if (change instanceof Change.Appeared appeared) {
            return "first observed as " + appeared.state();
        } else if (change instanceof Change.Unchanged) {
            return "nothing changed";
        } else if (change instanceof Change.Amended) {
            return "same state, another field changed";
        } else if (change instanceof Change.Stepped stepped) {
            return stepped.transition().event() + " led to "
                    + stepped.transition().target();
        } else if (change instanceof Change.Skipped skipped) {
            return "now " + skipped.to() + ", some steps were not observed";
        } else if (change instanceof Change.Illegal illegal) {
            return "illegal: " + illegal.from() + " to " + illegal.to();
        } else if (change instanceof Change.Stale) {
            return "older than the baseline";
        }
        throw new IllegalArgumentException("an unknown kind of change: " + change);
    }
    // end

    @Test
    void theTestHasEachKindOfChange() {
        assertEquals(
                kinds(),
                CHANGES.stream()
                        .map(change -> change.getClass().getSimpleName())
                        .collect(Collectors.toSet()));
    }

    @Test
    void theFormForJava17CoversEachKindOfChange() {
        assertEquals(
                CHANGES.size(),
                CHANGES.stream().map(ChangeWordsTest::words).distinct().count());
    }

    @Test
    void theSwitchForJava21CoversTheSameKinds(@TempDir Path classes) throws Exception {
        List<String> cases = Pattern.compile("case Change\\.(\\w+) ")
                .matcher(Regions.read().text("switch-21"))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertEquals(kinds(), new TreeSet<>(cases));
        assertEquals(kinds().size(), cases.size());

        if (Runtime.version().feature() >= PATTERN_SWITCHES) {
            try (URLClassLoader loader =
                    new URLClassLoader(new URL[] {compile(classes).toUri().toURL()})) {
                var words = loader.loadClass("org.joblifecycle.docs.guide.ChangeWords")
                        .getMethod("words", Change.class);
                for (Change change : CHANGES) {
                    assertEquals(words(change), words.invoke(null, change));
                }
            }
        }
    }

    private static Path compile(Path classes) throws Exception {
        String source = Files.readString(Regions.SOURCES.resolve("ChangeWords.java21"));
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///ChangeWords.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        String classPath =
                List.of(Change.class, JobState.class, io.vavr.Value.class, org.jspecify.annotations.Nullable.class)
                        .stream()
                        .map(type -> type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                        .collect(Collectors.joining(File.pathSeparator));
        StringWriter messages = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("--release", "21", "-Werror", "-d", classes.toString(), "-cp", classPath),
                        null,
                        List.of(file))
                .call();
        assertEquals("", messages.toString());
        assertEquals(true, compiled);
        return classes;
    }

    private static Set<String> kinds() {
        return Arrays.stream(Change.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
