package org.joblifecycle.testkit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.AuditStep;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Rule;
import org.joblifecycle.transition.Violation;

// A mirror that does everything right. The broken ones override what they get wrong.
public class ReferenceMirror implements MirrorSystem {
    protected final JobLifecycle observer;
    protected final Map<String, JobSnapshot> jobs = new HashMap<>();
    protected final Map<String, List<JobState>> notices = new HashMap<>();

    public ReferenceMirror(JobLifecycle observer) {
        this.observer = observer;
    }

    @Override
    public Set<MirrorCapability> capabilities() {
        return EnumSet.allOf(MirrorCapability.class);
    }

    // The name that a job is kept by.
    protected String key(String name, JobSnapshot observed) {
        return name;
    }

    @Override
    public Set<Rule> observe(String name, JobSnapshot observed) {
        String key = key(name, observed);
        synchronized (jobs) {
            AuditStep step = observer.audit(jobs.get(key), observed);
            boolean isEnd = isEnd(jobs.get(key), observed, step);
            keep(key, observed, step);
            if (isEnd) {
                notify(key, observed.state());
            }
            return warnings(step);
        }
    }

    protected void keep(String key, JobSnapshot observed, AuditStep step) {
        jobs.put(key, step.baseline());
    }

    // kept: before the observation; null if nothing was.
    protected boolean isEnd(JobSnapshot kept, JobSnapshot observed, AuditStep step) {
        return step.verdict().change().entersTerminal();
    }

    protected void notify(String key, JobState state) {
        notices.computeIfAbsent(key, any -> new ArrayList<>()).add(state);
    }

    protected Set<Rule> warnings(AuditStep step) {
        return step.verdict().violations().map(Violation::rule).toJavaSet();
    }

    @Override
    public JobSnapshot read(String name) {
        synchronized (jobs) {
            return jobs.get(name);
        }
    }

    @Override
    public List<JobState> notices(String name) {
        synchronized (jobs) {
            return List.copyOf(notices.getOrDefault(name, List.of()));
        }
    }
}
