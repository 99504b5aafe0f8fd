package org.joblifecycle.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.Module;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.metrics.JobLifecycleMetrics;
import org.joblifecycle.metrics.MeteredLifecycle;
import org.joblifecycle.store.InMemoryJobStore;
import org.joblifecycle.store.JobStore;
import org.joblifecycle.store.StoreException;
import org.joblifecycle.store.UnstorableJobException;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Mode;
import org.joblifecycle.transition.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.JacksonModule;

/** Each auto-configuration: alone, without its libraries, replaced, switched off. */
class AutoConfigurationTest {
    private static final JobSnapshot NEW = JobSnapshot.of("projects/p/locations/l/customJobs/7", JobState.UNSPECIFIED);
    private static final AutoConfigurations ALL = AutoConfigurations.of(
            JobLifecycleAutoConfiguration.class,
            JobLifecycleJacksonAutoConfiguration.class,
            JobLifecycleWebAutoConfiguration.class,
            JobStoreAutoConfiguration.class,
            JobLifecycleMetricsAutoConfiguration.class,
            JobLifecycleEndpointAutoConfiguration.class);

    private final ApplicationContextRunner all = new ApplicationContextRunner().withConfiguration(ALL);
    private final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(ALL);
    private final ApplicationContextRunner stored = withDatabase("jobs");

    private static ApplicationContextRunner alone(Class<?> autoConfiguration) {
        return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(autoConfiguration));
    }

    private static DataSource database(String name) {
        return new DriverManagerDataSource("jdbc:h2:mem:" + name + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
    }

    private ApplicationContextRunner withDatabase(String name) {
        DataSource database = database(name);
        return all.withBean(name, DataSource.class, () -> database)
                .withBean(PlatformTransactionManager.class, () -> new DataSourceTransactionManager(database));
    }

    @Test
    void allOfThemAreListed() throws IOException {
        Set<String> there = new TreeSet<>();
        for (var file : new PathMatchingResourcePatternResolver()
                .getResources("classpath*:org/joblifecycle/boot/*AutoConfiguration.class")) {
            there.add("org.joblifecycle.boot." + file.getFilename().replace(".class", ""));
        }
        assertThat(Set.of(ours().trim().split("\n", -1))).isEqualTo(there);
    }

    /** The file of this module: others have one, too. */
    private static String ours() throws IOException {
        for (var file : new PathMatchingResourcePatternResolver()
                .getResources(
                        "classpath*:META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports")) {
            String text = file.getContentAsString(StandardCharsets.UTF_8);
            if (text.startsWith("org.joblifecycle.")) {
                return text;
            }
        }
        throw new AssertionError("nothing is listed");
    }

    @Test
    void theVersionOfSpringBootIsTheOneThatWasAskedFor() {
        assertEquals(System.getProperty("spring-boot.version"), SpringBootVersion.getVersion());
    }

    @Test
    void whatSpringBootHasMovedIsNamedAsItIsInThisVersion() {
        String[] names = JobStoreAutoConfiguration.class
                .getAnnotation(AutoConfiguration.class)
                .afterName();
        Set<String> there = Arrays.stream(names)
                .filter(name -> ClassUtils.isPresent(name, null))
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .collect(Collectors.toSet());
        assertThat(there)
                .contains(
                        "DataSourceAutoConfiguration",
                        "DataSourceTransactionManagerAutoConfiguration",
                        "ObservationAutoConfiguration");
        assertThat(names).hasSize(8);
    }

    // The lifecycle

    @Test
    void withoutPropertiesThereIsNoLifecycle() {
        all.run(context -> {
            assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean(JobLifecycle.class)
                    .doesNotHaveBean(JobStore.class);
            assertThat(context).hasBean("jobLifecycleStateConverter").hasBean("jobLifecycleEventConverter");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"custom-job", "CUSTOM_JOB", "customJob", "CustomJob"})
    void theLifecycleIsThatOfTheProperties(String kind) {
        alone(JobLifecycleAutoConfiguration.class)
                .withPropertyValues("job-lifecycle.kind=" + kind)
                .run(context -> assertThat(context.getBean(JobLifecycle.class))
                        .isSameAs(JobLifecycle.authority(JobKind.CUSTOM_JOB)));
        alone(JobLifecycleAutoConfiguration.class)
                .withPropertyValues(
                        "job-lifecycle.kind=" + kind,
                        "job-lifecycle.mode=observer",
                        "job-lifecycle.without-rules=update-time-order,end-time-order")
                .run(context -> assertThat(context.getBean(JobLifecycle.class))
                        .isEqualTo(JobLifecycle.observer(JobKind.CUSTOM_JOB)
                                .without(Rule.UPDATE_TIME_ORDER, Rule.END_TIME_ORDER)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "job-lifecycle.without-rules=update-time-orders",
                "job-lifecycle.kind=cron-job",
                "job-lifecycle.mode=owner"
            })
    void anUnknownValueEndsTheStartAndIsNamed(String property) {
        alone(JobLifecycleAutoConfiguration.class)
                .withPropertyValues(property)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(property.substring(property.indexOf('=') + 1)));
    }

    @Test
    void theGraphItselfCannotBeExcluded() {
        alone(JobLifecycleAutoConfiguration.class)
                .withPropertyValues("job-lifecycle.without-rules=transition-illegal")
                .run(
                        context -> assertThat(context)
                                .hasFailed()
                                .getFailure()
                                .rootCause()
                                .hasMessage(
                                        "job-lifecycle.without-rules: transition-illegal cannot be excluded: it is the lifecycle"));
    }

    @Test
    void aLifecycleOfTheApplicationIsUsedInstead() {
        JobLifecycle own = JobLifecycle.observer(JobKind.NAS_JOB);
        all.withBean(JobLifecycle.class, () -> own)
                .withPropertyValues("job-lifecycle.kind=custom-job")
                .run(context -> assertThat(context.getBean(JobLifecycle.class)).isSameAs(own));
    }

    @Test
    void anEmptyKindIsNone() {
        stored.withPropertyValues("job-lifecycle.kind=")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(JobLifecycle.class)
                        .hasSingleBean(JobStore.class));
    }

    @Test
    void beansOfTheApplicationMayHaveAnyName() {
        ApplicationContextRunner taken = stored.withPropertyValues("job-lifecycle.kind=custom-job");
        for (String name : List.of("jobStore", "jobStateConverter", "jobEventConverter", "meteredLifecycle")) {
            taken = taken.withBean(name, String.class, () -> "of the application");
        }
        taken.run(context -> assertThat(context).hasNotFailed().hasSingleBean(JobStore.class));
    }

    // Jackson

    @Test
    void eachJacksonHasItsModuleWhereItIsThere() {
        ApplicationContextRunner alone = alone(JobLifecycleJacksonAutoConfiguration.class);
        alone.run(context -> assertThat(context)
                .hasSingleBean(JobLifecycleJackson2Module.class)
                .hasSingleBean(JobLifecycleJackson3Module.class));
        alone.withClassLoader(new FilteredClassLoader(Module.class))
                .run(context -> assertThat(context)
                        .doesNotHaveBean("jobLifecycleJackson2Module")
                        .hasSingleBean(JobLifecycleJackson3Module.class));
        alone.withClassLoader(new FilteredClassLoader(JacksonModule.class))
                .run(context -> assertThat(context)
                        .hasSingleBean(JobLifecycleJackson2Module.class)
                        .doesNotHaveBean("jobLifecycleJackson3Module"));
        alone.withClassLoader(new FilteredClassLoader(Module.class, JacksonModule.class))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aModuleOfTheApplicationIsUsedInstead() {
        JobLifecycleJackson2Module own = new JobLifecycleJackson2Module(JobKind.NAS_JOB);
        all.withBean(JobLifecycleJackson2Module.class, () -> own)
                .run(context -> assertThat(context.getBean(JobLifecycleJackson2Module.class))
                        .isSameAs(own));
    }

    // Problem details

    @Test
    void problemsAreAnsweredInServletApplicationsOnly() {
        web.run(context ->
                assertThat(context).hasSingleBean(JobProblemAdvice.class).hasSingleBean(JobStoreProblemAdvice.class));
        all.run(context -> assertThat(context).doesNotHaveBean(JobProblemAdvice.class));
    }

    @Test
    void problemDetailsCanBeSwitchedOff() {
        web.withPropertyValues("job-lifecycle.problem-details.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(JobProblemAdvice.class)
                        .doesNotHaveBean(JobStoreProblemAdvice.class));
    }

    @Test
    void anAdviceOfTheApplicationIsUsedInstead() {
        JobProblemAdvice own = new JobProblemAdvice();
        web.withBean(JobProblemAdvice.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(JobProblemAdvice.class)).isSameAs(own));
    }

    @Test
    void withoutTheStoreItsProblemsAreNotAnswered() {
        web.withClassLoader(new FilteredClassLoader(JobStore.class))
                .run(context -> assertThat(context)
                        .hasSingleBean(JobProblemAdvice.class)
                        .doesNotHaveBean("jobStoreProblemAdvice"));
    }

    @Test
    void withoutSpringWebThereIsNoAdvice() {
        all.withClassLoader(new FilteredClassLoader(RestControllerAdvice.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("jobProblemAdvice"));
    }

    // The store

    @Test
    void theStoreSelectsTheKindByTheName() {
        stored.run(context -> {
            JobStore store = context.getBean(JobStore.class);
            JobSnapshot queued =
                    JobLifecycle.authority(JobKind.CUSTOM_JOB).applyOrThrow(NEW, JobEvent.ENQUEUE, Instant.EPOCH);
            assertThat(store.create(queued).orElseThrow().version()).isEqualTo(1);
            assertThrows(UnstorableJobException.class, () -> store.create(queued.withName("seven")));
        });
    }

    @Test
    void withAKindTheNamesNeedNotTellIt() {
        stored.withPropertyValues("job-lifecycle.kind=custom-job").run(context -> {
            JobSnapshot queued = context.getBean(JobLifecycle.class)
                    .applyOrThrow(NEW.withName("seven"), JobEvent.ENQUEUE, Instant.EPOCH);
            assertThat(context.getBean(JobStore.class)
                            .create(queued)
                            .orElseThrow()
                            .name())
                    .isEqualTo("seven");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEndIsPublishedUnlessItIsSwitchedOff(boolean publishes) {
        stored.withBean(TransactionTest.HeardAtOnce.class)
                .withPropertyValues("job-lifecycle.kind=custom-job", "job-lifecycle.store.publish-events=" + publishes)
                .run(context -> {
                    JobStore store = context.getBean(JobStore.class);
                    store.create(context.getBean(JobLifecycle.class).applyOrThrow(NEW, JobEvent.ENQUEUE, Instant.EPOCH))
                            .orElseThrow();
                    store.apply(NEW.name(), JobEvent.EXPIRE, InstantSource.fixed(Instant.EPOCH))
                            .orElseThrow();
                    assertThat(context.getBean(TransactionTest.HeardAtOnce.class).heard)
                            .hasSize(publishes ? 1 : 0);
                });
    }

    @Test
    void aStoreOfTheApplicationIsUsedInstead() {
        JobStore own = InMemoryJobStore.of(JobLifecycle::authority);
        stored.withBean(JobStore.class, () -> own)
                .run(context -> assertThat(context.getBean(JobStore.class)).isSameAs(own));
    }

    @Test
    void ofSeveralLifecyclesTheStoreHasThePrimaryOneOrThatOfTheName() {
        JobLifecycle owner = JobLifecycle.authority(JobKind.CUSTOM_JOB);
        JobLifecycle mirror = JobLifecycle.observer(JobKind.TUNING_JOB);
        ApplicationContextRunner both = stored.withBean("mirror", JobLifecycle.class, () -> mirror);
        both.withBean("owner", JobLifecycle.class, () -> owner).run(context -> {
            assertThat(context).hasNotFailed();
            assertEquals(JobKind.values().length, kinds(context).size());
        });
        both.withBean("owner", JobLifecycle.class, () -> owner, definition -> definition.setPrimary(true))
                .run(context -> assertEquals(List.of("CustomJob authority"), kinds(context)));
    }

    @Test
    void anAspectCanBePutAroundTheStore() {
        stored.withBean(BeanNameAutoProxyCreator.class, () -> {
                    BeanNameAutoProxyCreator aspects = new BeanNameAutoProxyCreator();
                    aspects.setBeanNames("jobLifecycleStore");
                    aspects.setProxyTargetClass(true);
                    return aspects;
                })
                .run(context -> {
                    JobStore store = context.getBean(JobStore.class);
                    assertThat(AopUtils.isCglibProxy(store)).isTrue();
                    assertThat(store.find("seven").isEmpty()).isTrue();
                });
    }

    @Test
    void withoutItsLibrariesThereIsNoStore() {
        stored.withClassLoader(new FilteredClassLoader(JobStore.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("jobLifecycleStore"));
        all.withClassLoader(new FilteredClassLoader(DataSourceUtils.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("jobLifecycleStore"));
    }

    @Test
    void whereNoTablesAreCreatedTheFirstCallSaysWhatIsMissing() {
        stored.withPropertyValues("job-lifecycle.store.initialize-schema=never").run(context -> {
            JobStore store = context.getBean(JobStore.class);
            StoreException e = assertThrows(StoreException.class, () -> store.find("seven"));
            assertThat(e).hasMessageContaining("a table of the store is missing: run its SQL resource");
        });
    }

    @Test
    void aSecondStartFindsTheTables() {
        ApplicationContextRunner twice = stored.withPropertyValues("job-lifecycle.store.initialize-schema=always");
        for (int i = 0; i < 2; i++) {
            twice.run(context -> assertThat(
                            context.getBean(JobStore.class).find("seven").isEmpty())
                    .isTrue());
        }
    }

    @Test
    void ofTwoDataSourcesNoneIsGuessed() {
        DataSource other = database("other");
        stored.withBean("other", DataSource.class, () -> other)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(JobStore.class));
        stored.withBean("other", DataSource.class, () -> other, definition -> definition.setPrimary(true))
                .run(context -> assertThat(context).hasSingleBean(JobStore.class));
    }

    // Meters

    private static List<String> kinds(ApplicationContext context) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        context.getBean(MeterBinder.class).bindTo(registry);
        return registry.find("job.lifecycle.checks").tag("change", "illegal").meters().stream()
                .map(meter -> meter.getId().getTag("kind") + " " + meter.getId().getTag("mode"))
                .sorted()
                .toList();
    }

    @Test
    void seriesAreThereFromTheStart() {
        all.run(context -> assertEquals(List.of(), kinds(context)));
        all.withPropertyValues("job-lifecycle.kind=custom-job", "job-lifecycle.mode=observer")
                .run(context -> assertEquals(List.of("CustomJob observer"), kinds(context)));
        stored.withPropertyValues("job-lifecycle.kind=custom-job")
                .run(context -> assertEquals(List.of("CustomJob authority"), kinds(context)));
        stored.run(context -> assertEquals(
                Stream.of(JobKind.values())
                        .map(kind -> kind.resource() + " authority")
                        .sorted()
                        .toList(),
                kinds(context)));
    }

    @Test
    void seriesAreThereFromTheStartOfALazyApplication() {
        stored.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context ->
                        assertEquals(JobKind.values().length, kinds(context).size()));
        all.withPropertyValues("job-lifecycle.kind=custom-job", "job-lifecycle.mode=observer")
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> assertEquals(List.of("CustomJob observer"), kinds(context)));
    }

    @Test
    void theLifecycleIsThereMeteredToo() {
        all.withPropertyValues("job-lifecycle.kind=custom-job")
                .run(context -> assertThat(
                                context.getBean(MeteredLifecycle.class).lifecycle())
                        .isSameAs(context.getBean(JobLifecycle.class)));
        all.run(context -> assertThat(context).doesNotHaveBean(MeteredLifecycle.class));
    }

    @Test
    void metricsOfTheApplicationAreUsedInstead() {
        JobLifecycleMetrics own = new JobLifecycleMetrics();
        stored.withBean(JobLifecycleMetrics.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(JobLifecycleMetrics.class)).isSameAs(own));
    }

    @Test
    void withoutTheirLibrariesThereAreNoMeters() {
        for (Class<?> missing : List.of(MeterBinder.class, JobLifecycleMetrics.class)) {
            stored.withClassLoader(new FilteredClassLoader(missing))
                    .run(context ->
                            assertThat(context).hasSingleBean(JobStore.class).doesNotHaveBean("jobLifecycleMetrics"));
        }
        all.withPropertyValues("job-lifecycle.kind=custom-job")
                .withClassLoader(new FilteredClassLoader(JobStore.class))
                .run(context -> assertThat(context).hasSingleBean(MeteredLifecycle.class));
    }

    // The endpoint

    private static final String EXPOSED = "management.endpoints.web.exposure.include=*";

    @Test
    void theEndpointIsThereWhereItIsExposed() {
        web.withPropertyValues(EXPOSED).run(context -> assertThat(context).hasSingleBean(JobLifecycleEndpoint.class));
        web.withPropertyValues(EXPOSED, "management.endpoint.joblifecycle.access=NONE")
                .run(context -> assertThat(context).doesNotHaveBean(JobLifecycleEndpoint.class));
        web.run(context -> assertThat(context).doesNotHaveBean(JobLifecycleEndpoint.class));
    }

    @Test
    void theEndpointTellsTheLifecyclesOfTheStore() {
        DataSource database = database("endpoint");
        WebApplicationContextRunner exposed = web.withPropertyValues(EXPOSED)
                .withBean(DataSource.class, () -> database)
                .withBean(PlatformTransactionManager.class, () -> new DataSourceTransactionManager(database));
        exposed.run(context ->
                assertThat(lifecycles(context)).hasSize(8).anyMatch(each -> each.equals("authority of CUSTOM_JOB")));
        exposed.withPropertyValues("job-lifecycle.kind=nas-job")
                .run(context -> assertThat(lifecycles(context)).isEqualTo(List.of("authority of NAS_JOB")));
    }

    private static List<?> lifecycles(ApplicationContext context) {
        return (List<?>) context.getBean(JobLifecycleEndpoint.class).describe().get("lifecycles");
    }

    @Test
    void withoutTheActuatorThereIsNoEndpoint() {
        web.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("jobLifecycleEndpoint"));
        assertThat(JobLifecycleEndpoint.class.getAnnotation(Endpoint.class).id())
                .matches("[a-z0-9]+");
    }

    @Test
    void theEndpointNamesWhatIsExcluded() {
        JobLifecycle own = JobLifecycle.authority(JobKind.CUSTOM_JOB).without(Rule.UPDATE_TIME_ORDER);
        assertThat(new JobLifecycleEndpoint(List.of(own)).describe().get("lifecycles"))
                .isEqualTo(List.of("authority of CUSTOM_JOB without update-time-order"));
        assertThat(own.mode()).isEqualTo(Mode.AUTHORITY);
    }
}
