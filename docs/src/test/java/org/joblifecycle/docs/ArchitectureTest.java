package org.joblifecycle.docs;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobTransition;
import org.joblifecycle.transition.Rule;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
    private static final String CORE = "org.joblifecycle.job..";
    private static final String TRANSITIONS = "org.joblifecycle.transition..";

    private static final JavaClasses MAIN =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("org.joblifecycle");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            job        | ''
            transition | org.joblifecycle.job..
            testkit    | org.joblifecycle.job.. org.joblifecycle.transition.. net.jqwik.api.. org.junit.jupiter.api..
            spring     | org.joblifecycle.job.. org.joblifecycle.transition.. org.springframework.context.. org.springframework.messaging.. org.springframework.statemachine.. reactor.core..
            json       | org.joblifecycle.job.. com.fasterxml.jackson.core..
            cli        | org.joblifecycle.job.. org.joblifecycle.transition.. org.joblifecycle.json.. com.fasterxml.jackson.core.. picocli.. me.tongfei.progressbar..
            """)
    void aRoomUsesOnlyTheRoomsBelowItAndTheLibrariesThatAreItsOwn(String room, String others) {
        String itself = "org.joblifecycle." + room + "..";
        String allowed = itself + " java.. io.vavr.. org.jspecify.. " + others;
        classes()
                .that()
                .resideInAPackage(itself)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.strip().split(" ", -1))
                .check(MAIN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            org.joblifecycle.testkit       | ''
            org.joblifecycle.testkit.jqwik | net.jqwik.api..
            org.joblifecycle.testkit.junit | net.jqwik.api.. org.junit.jupiter.api..
            """)
    void aPartOfTheTestKitUsesOnlyTheTestFrameworkThatItIsAbout(String part, String frameworks) {
        String allowed = "org.joblifecycle.. java.. io.vavr.. org.jspecify.. " + frameworks;
        classes()
                .that()
                .resideInAPackage(part)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.strip().split(" ", -1))
                .check(MAIN);
    }

    @ParameterizedTest
    @ValueSource(classes = {JobState.class, JobEvent.class, JobTransition.class, Rule.class})
    void theRoomOfSpringNamesNoStateEventEdgeOrRule(Class<?> constants) {
        noClasses()
                .that()
                .resideInAPackage("org.joblifecycle.spring..")
                .should()
                .accessFieldWhere(target(owner(type(constants))))
                .check(MAIN);
    }

    @Test
    void noPackagesDependOnOneAnotherInACycle() {
        slices().matching("org.joblifecycle.(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void neitherTheVocabularyNorTheRulesReadOrWriteAnything() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE, TRANSITIONS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.net..", "java.nio..")
                .check(MAIN);
    }

    @Test
    void neitherTheVocabularyNorTheRulesStartThreadsOrWaitForThem() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE, TRANSITIONS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, ThreadLocal.class, Runtime.class)
                .check(MAIN);
    }

    @Test
    void neitherTheVocabularyNorTheRulesAskForTheTimeOrForAnythingElseOfTheSystem() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE, TRANSITIONS)
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
