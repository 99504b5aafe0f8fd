package org.joblifecycle.boot;

import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.util.ClassUtils;

/** Says why there is no JobStore, where one is needed. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class JobStoreFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {
    private static final String STORE = "org.joblifecycle.store.JobStore";
    private static final String TRANSACTIONS = "org.springframework.transaction.PlatformTransactionManager";

    private final @Nullable ListableBeanFactory beans;

    JobStoreFailureAnalyzer(@Nullable BeanFactory beans) {
        this.beans = beans instanceof ListableBeanFactory listable ? listable : null;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, NoSuchBeanDefinitionException cause) {
        ResolvableType needed = cause.getResolvableType();
        if (beans == null
                || cause instanceof NoUniqueBeanDefinitionException
                || needed == null
                || !needed.toClass().getName().equals(STORE)) {
            return null;
        }
        return new FailureAnalysis("A JobStore is needed, and there is none: " + why(beans), action(beans), cause);
    }

    private static String why(ListableBeanFactory beans) {
        if (!isPresent(TRANSACTIONS)) {
            return "spring-jdbc is not on the class path.";
        }
        List<String> dataSources = List.of(beans.getBeanNamesForType(DataSource.class));
        if (dataSources.size() != 1) {
            return found("DataSource", dataSources);
        }
        List<String> managers = List.of(beans.getBeanNamesForType(
                ClassUtils.resolveClassName(TRANSACTIONS, JobStoreFailureAnalyzer.class.getClassLoader())));
        return managers.size() == 1
                ? "JobStoreAutoConfiguration is excluded."
                : found("PlatformTransactionManager", managers);
    }

    private static String found(String type, List<String> names) {
        return names.isEmpty()
                ? "there is no " + type + "."
                : "there are " + names.size() + " beans of type " + type + ", " + String.join(" and ", names)
                        + ", and none of them is @Primary.";
    }

    private static String action(ListableBeanFactory beans) {
        return isPresent(TRANSACTIONS) && beans.getBeanNamesForType(DataSource.class).length > 1
                ? "Mark the one that has the jobs as @Primary, or define a JobStore bean: new SpringJobStore(store,"
                        + " dataSource, transactionManager)."
                : "Add spring-boot-starter-jdbc and a driver, and set spring.datasource.url, or define a JobStore bean.";
    }

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, JobStoreFailureAnalyzer.class.getClassLoader());
    }
}
