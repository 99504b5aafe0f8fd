package org.joblifecycle.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

// The tests of the store can fail: each of these faults, planted into a copy of it, is found by the test that is named.
class PlantedFaultsTest {
    private static final Path SOURCES = Path.of("src/main/java/org/joblifecycle/store");

    /** Replaces text of one source, once, by other text. */
    private record Edit(String file, String text, String other) {}

    private record Fault(String name, Class<?> test, String method, List<Edit> edits) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Fault fault(String name, Class<?> test, String method, String... edits) {
        List<Edit> all = new ArrayList<>();
        for (int i = 0; i < edits.length; i += 3) {
            all.add(new Edit(edits[i], edits[i + 1], edits[i + 2]));
        }
        return new Fault(name, test, method, all);
    }

    static Stream<Fault> faults() {
        Class<?> contract = H2JobStoreTest.class;
        Class<?> broken = BrokenConnectionTest.class;
        return Stream.of(
                fault(
                        "no version in the WHERE clause, nor in the key of the history",
                        contract,
                        "ofThoseWhoChangeOneVersionOneWins",
                        "JobTable",
                        "WHERE name = ? AND version = ?",
                        "WHERE name = ? AND version >= ? - 1000000",
                        "JobTable",
                        "private static final String RECORD = insert(\"lifecycle_history\", COLUMNS + \", event, from_state\")",
                        "private static final String RECORD = insert(\"lifecycle_history\", COLUMNS + \", event, from_state\")"
                                + ".replace(\"INSERT\", \"MERGE\")"),
                fault(
                        "the history in another transaction",
                        broken,
                        "beforeTheCommitNothingIsChanged",
                        "JobTable",
                        "try (PreparedStatement record",
                        "connection.commit(); try (PreparedStatement record"),
                fault("no history", contract, "theHistorySaysWhatHappened", "JobTable", "record.executeUpdate();", ""),
                fault(
                        "times that are not cut to microseconds",
                        contract,
                        "timesAreCutToMicroseconds",
                        "Storable",
                        "return job.truncatedTo(MICROS);",
                        "return job.truncatedTo(java.time.temporal.ChronoUnit.NANOS);"),
                fault(
                        "written whatever the lifecycle says",
                        contract,
                        "anIllegalUpdateIsRefusedWithEveryReason",
                        "Operation",
                        "return verdict.isLegal()",
                        "return verdict.isLegal() || current != null"),
                fault(
                        "or for and",
                        contract,
                        "whoeverIsOvertakenGetsWhatIsStored",
                        "Operation",
                        "current.equals(read) && !isStored",
                        "current.equals(read) || !isStored"),
                fault(
                        "only the version compared",
                        contract,
                        "whatWasReadHasToBeTheWholeJob",
                        "Operation",
                        "return current.equals(read) &&",
                        "return current.version() == read.version() &&"),
                fault(
                        "only state and updateTime compared",
                        contract,
                        "ofTwoAmendmentsThatLeaveStateAndUpdateTimeOneIsStored",
                        "Operation",
                        "return current.equals(read) &&",
                        "return current.job().state() == read.job().state()"
                                + " && Objects.equals(current.job().updateTime(), read.job().updateTime()) &&"),
                fault(
                        "a swallowed SQLException",
                        broken,
                        "beforeTheCommitNothingIsChanged",
                        "JdbcJobStore",
                        "throw Failure.of(operation.toString(), e, committing);",
                        "return new StoreOutcome.Missing(operation.name());"),
                fault(
                        "no rollback",
                        broken,
                        "beforeTheCommitNothingIsChanged",
                        "Transaction",
                        "connection.rollback();",
                        "connection.getAutoCommit();"),
                fault(
                        "a commit that broke said to have changed nothing",
                        broken,
                        "whileItCommitsNobodyKnowsAndTheHistoryTells",
                        "JdbcJobStore",
                        "committing = done.after();",
                        "committing = null;"),
                fault(
                        "a failure after the commit told as one",
                        broken,
                        "afterTheCommitItIsDone",
                        "Transaction",
                        "// what was not committed is lost with the connection",
                        "throw new IllegalStateException(e);"),
                fault(
                        "an event that forgets the body",
                        contract,
                        "aBodyIsKeptAsItIs",
                        "Operation",
                        "current.next(next.get(), current.body())",
                        "current.next(next.get(), null)"),
                fault(
                        "a body that is not compared",
                        contract,
                        "aBodyIsKeptAsItIs",
                        "Operation",
                        "current.job().equals(job) && Objects.equals(current.body(), body)",
                        "current.job().equals(job)"),
                fault(
                        "the state after for the state before",
                        contract,
                        "theHistorySaysWhatHappened",
                        "JobTable",
                        "before == null ? null : before.job().state().name()",
                        "before == null ? null : done.after().job().state().name()"),
                fault(
                        "one lifecycle for all kinds",
                        contract,
                        "theLifecycleIsThatOfTheKind",
                        "CheckedJobStore",
                        "JobKind kind = JobKind.of(name)",
                        "JobKind kind = JobKind.of(name).map(told -> JobKind.TUNING_JOB)"),
                fault(
                        "a late clock",
                        contract,
                        "aClockThatIsLateDoesNotRefuseAnEvent",
                        "CheckedJobStore",
                        "job.notBefore(clock.instant().truncatedTo(MICROS))",
                        "clock.instant().truncatedTo(MICROS)"),
                fault(
                        "a page that begins with the last job of the one before",
                        contract,
                        "jobsAreListedByStateInPages",
                        "JobTable",
                        "WHERE name > ?",
                        "WHERE name >= ?"),
                fault(
                        "halves of surrogate pairs",
                        contract,
                        "whatADatabaseDoesNotKeepIsRefusedBeforeAnythingIsWritten",
                        "Storable",
                        "c == 0 || ",
                        "c == 0 || i < 0 && "));
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("faults")
    void aPlantedFaultIsFound(Fault fault) throws Exception {
        try (URLClassLoader copy = copy(fault.edits())) {
            assertThrows(Throwable.class, () -> run(copy, fault));
        }
    }

    @Test
    void aCopyWithoutAFaultPasses() throws Throwable {
        try (URLClassLoader copy = copy(List.of())) {
            for (Fault fault : faults().toList()) {
                run(copy, fault);
            }
        }
    }

    private URLClassLoader copy(List<Edit> edits) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-nowarn",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes().toString()));
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                for (Edit edit : edits) {
                    if (file.endsWith(edit.file() + ".java")) {
                        assertEquals(1, count(text, edit.text()), () -> edit.text() + " in " + file);
                        text = text.replace(edit.text(), edit.other());
                    }
                }
                arguments.add(Files.writeString(sources.resolve(file.getFileName()), text)
                        .toString());
            }
        }
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
        URL[] paths = {
            classes().toUri().toURL(),
            PlantedFaultsTest.class.getProtectionDomain().getCodeSource().getLocation()
        };
        return new URLClassLoader(paths) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (!name.startsWith("org.joblifecycle.store.")) {
                    return super.loadClass(name, resolve);
                }
                synchronized (getClassLoadingLock(name)) {
                    Class<?> loaded = findLoadedClass(name);
                    return loaded == null ? findClass(name) : loaded;
                }
            }
        };
    }

    private Path classes() {
        return folder.resolve("classes");
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static void run(ClassLoader copy, Fault fault) throws Throwable {
        Class<?> type = copy.loadClass(fault.test().getName());
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object test = constructor.newInstance();
        call(test, annotated(type, BeforeEach.class));
        try {
            call(test, method(type, fault.method()));
        } finally {
            call(test, annotated(type, AfterEach.class));
        }
    }

    private static Method method(Class<?> type, String name) {
        return methods(type)
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Method annotated(Class<?> type, Class<? extends Annotation> annotation) {
        return methods(type)
                .filter(method -> method.isAnnotationPresent(annotation))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Method> methods(Class<?> type) {
        return Stream.<Class<?>>iterate(type, each -> each != Object.class, Class::getSuperclass)
                .flatMap(each -> Stream.of(each.getDeclaredMethods()));
    }

    private static void call(Object test, Method method) throws Throwable {
        method.setAccessible(true);
        try {
            method.invoke(test);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
