package org.joblifecycle.docs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
    private static final String[] VOCABULARY_AND_RULES = {
        "org.joblifecycle.text..",
        "org.joblifecycle.job..",
        "org.joblifecycle.tuning..",
        "org.joblifecycle.transition.."
    };

    private static final JavaClasses MAIN =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("org.joblifecycle");

    /**
     * A package and those below it that are no parts of their own.
     *
     * @param name what follows {@code org.joblifecycle.}
     * @param uses the other parts that it may depend on
     * @param libraries the packages that it may depend on, beside those that all may
     */
    private record Part(String name, List<String> uses, List<String> libraries) {
        static Part of(String name, String... uses) {
            return new Part(name, List.of(uses), List.of());
        }

        Part with(String... libraries) {
            return new Part(name, uses, List.of(libraries));
        }

        private boolean contains(String packageName) {
            return (packageName + ".").startsWith("org.joblifecycle." + name + ".");
        }

        static Optional<Part> around(JavaClass type) {
            return PARTS.stream()
                    .filter(part -> part.contains(type.getPackageName()))
                    .max(Comparator.comparing(part -> part.name().length()));
        }

        DescribedPredicate<JavaClass> classes() {
            return describe(
                    "are in the part " + name,
                    type -> around(type)
                            .filter(part -> part.name().equals(name))
                            .isPresent());
        }

        DescribedPredicate<JavaClass> allowed() {
            DescribedPredicate<JavaClass> ofParts = describe(
                    "are in one of the parts " + uses,
                    type -> around(type)
                            .filter(part -> part.name().equals(name) || uses.contains(part.name()))
                            .isPresent());
            List<String> all = new ArrayList<>(List.of("java..", "io.vavr..", "org.jspecify.."));
            all.addAll(libraries);
            return ofParts.or(resideInAnyPackage(all.toArray(new String[0])));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    // formatter:off
    private static final List<Part> PARTS = List.of(
            Part.of("text"),
            Part.of("job",           "text"),
            Part.of("tuning",        "text", "job"),
            Part.of("transition",    "text", "job"),
            Part.of("tuning.rule",   "text", "job", "tuning", "transition"),
            Part.of("json.fast",     "job"),
            Part.of("json",          "text", "job", "tuning", "json.fast").with("com.fasterxml.jackson.core.."),
            Part.of("protobuf",      "text", "job", "tuning", "json").with("com.google.protobuf.."),
            Part.of("testkit",       "text", "job", "tuning", "transition", "tuning.rule"),
            Part.of("testkit.jqwik", "text", "job", "tuning", "transition", "testkit").with("net.jqwik.api.."),
            Part.of("testkit.junit", "text", "job", "transition", "testkit").with("org.junit.jupiter.api.."),
            Part.of("spring",        "text", "job", "transition").with("org.springframework.context..", "org.springframework.messaging..", "org.springframework.statemachine..", "reactor.core.."),
            Part.of("store",         "text", "job", "transition").with("javax.sql.."),
            Part.of("metrics",       "job", "transition").with("io.micrometer.core.."),
            Part.of("boot",          "text", "job", "tuning", "transition", "json", "store", "metrics").with("org.springframework..", "com.fasterxml.jackson..", "tools.jackson..", "io.micrometer..", "javax.sql.."),
            Part.of("emulator.api",      "job").with("com.fasterxml.jackson..", "com.google.."),
            Part.of("emulator.scenario", "job", "transition", "emulator.api").with("com.fasterxml.jackson..", "com.google.rpc.."),
            Part.of("emulator.job",      "text", "job", "tuning", "tuning.rule", "transition", "json", "emulator.api", "emulator.scenario").with("com.fasterxml.jackson..", "com.google.."),
            Part.of("emulator.server",   "job", "transition", "emulator.api", "emulator.scenario", "emulator.job").with("com.fasterxml.jackson..", "com.google..", "com.sun.net.httpserver..", "io.grpc.."),
            Part.of("emulator",          "job", "transition", "emulator.api", "emulator.scenario", "emulator.job", "emulator.server"),
            Part.of("emulator.command",  "emulator").with("picocli.."),
            Part.of("emulator.junit",    "emulator").with("org.junit.jupiter.api.extension.."),
            Part.of("cli.command",   "text", "job", "transition", "json").with("com.fasterxml.jackson.core..", "picocli.."),
            Part.of("cli",           "text", "job", "tuning", "transition", "json", "cli.command").with("com.fasterxml.jackson.core..", "picocli..", "me.tongfei.progressbar.."),
            Part.of("flink",         "text", "job", "transition", "json").with("com.fasterxml.jackson.core..", "org.apache.flink..", "org.apache.kafka.clients.."),
            Part.of("flink.command", "job", "transition", "json", "cli.command", "flink").with("org.apache.flink..", "org.apache.kafka..", "picocli.."));
    // formatter:on

    static List<Part> parts() {
        return PARTS;
    }

    @ParameterizedTest
    @MethodSource("parts")
    void aPartUsesOnlyThePartsBelowItAndItsOwnLibraries(Part part) {
        classes()
                .that(part.classes())
                .should()
                .onlyDependOnClassesThat(part.allowed())
                .check(MAIN);
    }

    @Test
    void onlyFourClassesUseTheFastReaders() {
        String fast = "org.joblifecycle.json.fast";
        classes()
                .that()
                .resideInAPackage(fast)
                .should()
                .onlyHaveDependentClassesThat(resideInAPackage(fast)
                        .or(name("org.joblifecycle.json.JobLines"))
                        .or(name("org.joblifecycle.json.JobStream"))
                        .or(name("org.joblifecycle.json.JsonInput"))
                        .or(name("org.joblifecycle.json.Rfc3339")))
                .check(MAIN);
    }

    @Test
    void everyPackageBelongsToAPart() {
        assertEquals(
                Set.of(),
                MAIN.stream()
                        .filter(type -> Part.around(type).isEmpty())
                        .map(JavaClass::getPackageName)
                        .collect(Collectors.toSet()));
    }

    @Test
    void noTwoPublicTypesHaveTheSameSimpleName() throws IOException {
        Map<String, List<Sources.Declared>> types = Sources.read().classes().stream()
                .filter(type -> type.isMain() && type.isPublic())
                .collect(Collectors.groupingBy(Sources.Declared::simpleName));
        types.values().removeIf(same -> same.size() == 1);
        assertEquals(Map.of(), types);
    }

    @ParameterizedTest
    @ValueSource(classes = {JobState.class, JobEvent.class, JobTransition.class, Rule.class})
    void theModuleSpringNamesNoStateEventEdgeOrRule(Class<?> constants) {
        noClasses()
                .that()
                .resideInAPackage("org.joblifecycle.spring..")
                .should()
                .accessFieldWhere(target(owner(type(constants))))
                .check(MAIN);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.joblifecycle.(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void vocabularyAndRulesDoNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAnyPackage(VOCABULARY_AND_RULES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.net..", "java.nio..")
                .check(MAIN);
    }

    @Test
    void vocabularyAndRulesStartNoThreadsAndWaitForNone() {
        noClasses()
                .that()
                .resideInAnyPackage(VOCABULARY_AND_RULES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, ThreadLocal.class, Runtime.class)
                .check(MAIN);
    }

    @Test
    void vocabularyAndRulesAskTheSystemForNothingNotEvenTheTime() {
        noClasses()
                .that()
                .resideInAnyPackage(VOCABULARY_AND_RULES)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(System.class, Clock.class)
                .orShould()
                .accessTargetWhere(target(name("now")).and(target(owner(resideInAPackage("java.time..")))))
                .check(MAIN);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<JavaPackage> packages = MAIN.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
        packages.removeIf(each -> each.isAnnotatedWith(NullMarked.class));
        assertEquals(Set.of(), packages);
    }
}
