package org.joblifecycle.boot;

import java.util.List;
import javax.sql.DataSource;
import org.joblifecycle.transition.JobLifecycle;
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

/** Says why there is no JobStore or no JobLifecycle, where one is needed. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class JobLifecycleFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {
    private static final String STORE = "org.joblifecycle.store.JobStore";
    private static final String TRANSACTIONS = "org.springframework.transaction.PlatformTransactionManager";

    private static final String METERED = "org.joblifecycle.metrics.MeteredLifecycle";
    private static final String SET_KIND =
            "Set job-lifecycle.kind, such as to tuning-job, or define a JobLifecycle bean.";

    private static final String ADD =
            "Add spring-boot-starter-jdbc and a driver, and set spring.datasource.url, or define a JobStore bean.";
    private static final String CHOOSE = "Mark the one that has the jobs as @Primary, or define a JobStore bean:"
            + " new SpringJobStore(store, dataSource, transactionManager).";
    private static final ClassLoader LOADER = JobLifecycleFailureAnalyzer.class.getClassLoader();

    private final @Nullable ListableBeanFactory beans;

    JobLifecycleFailureAnalyzer(@Nullable BeanFactory beans) {
        this.beans = beans instanceof ListableBeanFactory listable ? listable : null;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, NoSuchBeanDefinitionException cause) {
        ResolvableType type = cause.getResolvableType();
        if (type == null || cause instanceof NoUniqueBeanDefinitionException) {
            return null;
        }
        Class<?> needed = type.toClass();
        if (needed == JobLifecycle.class || needed.getName().equals(METERED)) {
            return analysis(needed, "job-lifecycle.kind is not set.", SET_KIND, cause);
        }
        return beans != null && needed.getName().equals(STORE) ? analyzeStore(beans, needed, cause) : null;
    }

    private static @Nullable FailureAnalysis analyzeStore(ListableBeanFactory beans, Class<?> needed, Throwable cause) {
        if (!ClassUtils.isPresent(TRANSACTIONS, LOADER)) {
            return analysis(needed, "spring-jdbc is not on the class path.", ADD, cause);
        }
        for (Class<?> type : List.of(DataSource.class, ClassUtils.resolveClassName(TRANSACTIONS, LOADER))) {
            List<String> names = List.of(beans.getBeanNamesForType(type));
            String of = " of type " + type.getSimpleName();
            if (names.isEmpty()) {
                return analysis(needed, "there is no bean" + of + ".", ADD, cause);
            }
            if (names.size() > 1) {
                return analysis(
                        needed,
                        "there are " + names.size() + " beans" + of + ", " + String.join(" and ", names)
                                + ", and none of them is @Primary.",
                        CHOOSE,
                        cause);
            }
        }
        return null;
    }

    private static FailureAnalysis analysis(Class<?> needed, String why, String action, Throwable cause) {
        return new FailureAnalysis(
                "A " + needed.getSimpleName() + " is needed, and there is none: " + why, action, cause);
    }
}
