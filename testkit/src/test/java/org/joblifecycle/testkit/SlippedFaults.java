package org.joblifecycle.testkit;

import static org.joblifecycle.testkit.BrokenSystems.AUTHORITY;

import io.vavr.collection.List;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.joblifecycle.job.JobError;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.job.JobState;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobTransition;

// Faults that show only with many jobs, alike names, other times, as time passes, or in a list.
final class SlippedFaults {
    private SlippedFaults() {}

    static Seq<InventedFaults.Fault> all() {
        return List.of(
                keyed(
                        "jobs are kept by the last segment of the name",
                        name -> name.substring(name.lastIndexOf('/') + 1)),
                keyed(
                        "jobs are kept by the name without its last two characters",
                        name -> name.substring(0, name.length() - 2)),
                keyed("jobs are kept by project and id", name -> name.replaceAll("/locations/[^/]+", "")),
                keyed("jobs are kept by a hash of ten bits", name -> Integer.toString(name.hashCode() & 0x3ff)),
                timed("times are kept in seconds of 31 bits", time -> {
                    int seconds = (int) time.getEpochSecond();
                    return Instant.ofEpochSecond(seconds, time.getNano());
                }),
                timed("times are written with the year of the week", time -> {
                    String pattern = "YYYY-MM-dd HH:mm:ss.SSSSSSSSS";
                    String text =
                            DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(time.atOffset(ZoneOffset.UTC));
                    return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
                }),
                timed("times are kept as those of Berlin", time -> local(time, "Europe/Berlin")),
                timed("times are kept as those of New York", time -> local(time, "America/New_York")),
                timed("years have 365 days", time -> {
                    LocalDateTime local = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
                    return local.getMonthValue() == 2 && local.getDayOfMonth() == 29 ? time.plusSeconds(86_400) : time;
                }),
                fault("a name that is submitted again begins anew", () -> new ReferenceSystem(AUTHORITY) {
                    @Override
                    public JobSnapshot submit(String name, Instant now) {
                        JobSnapshot job = JobSnapshot.of(name, JobState.UNSPECIFIED);
                        jobs.put(name, job);
                        return job;
                    }
                }),
                fault("jobs that have finished are not listed", () -> new ReferenceSystem(AUTHORITY) {
                    @Override
                    public Iterable<JobSnapshot> list() {
                        return jobs.values().stream()
                                .filter(job -> !job.state().isTerminal())
                                .toList();
                    }
                }),
                fault("the last job of a page is the first of the next", () -> new ReferenceSystem(AUTHORITY) {
                    @Override
                    public Iterable<JobSnapshot> list() {
                        return List.ofAll(jobs.values())
                                .sliding(3, 2)
                                .flatMap(page -> page)
                                .toList();
                    }
                }),
                fault("the list shows jobs as they were created", () -> new ReferenceSystem(AUTHORITY) {
                    @Override
                    public Iterable<JobSnapshot> list() {
                        return List.ofAll(jobs.values()).map(job -> job.withState(JobState.UNSPECIFIED));
                    }
                }),
                running("a job that ends by itself has no endTime", (before, after) -> after.withEndTime(null)),
                running(
                        "a job that ends by itself loses its startTime",
                        (before, after) -> after.state().isTerminal() ? after.withStartTime(null) : after),
                running(
                        "a job that starts by itself started before it was created",
                        (before, after) -> after.state() == JobState.RUNNING
                                ? after.withStartTime(after.createTime().minusSeconds(3600))
                                : after),
                fault("a job that was cancelled goes on by itself", () -> new SelfRunning(AUTHORITY) {
                    @Override
                    public void advance(java.time.Duration time) {
                        super.advance(time);
                        jobs.replaceAll((name, job) -> job.state() == JobState.CANCELLED
                                ? job.withState(JobState.RUNNING)
                                        .withUpdateTime(job.updateTime().plusSeconds(1))
                                : job);
                    }
                }),
                fault("a job that has ended vanishes as time passes", () -> new SelfRunning(AUTHORITY) {
                    @Override
                    public void advance(java.time.Duration time) {
                        super.advance(time);
                        jobs.values().removeIf(job -> job.state() == JobState.SUCCEEDED && time.toHours() > 1);
                    }
                }),
                fault("an event after the end of a job is taken", () -> new SelfRunning(AUTHORITY) {
                    @Override
                    public Answer fire(JobSnapshot known, JobEvent event, Instant now, JobError error) {
                        return event == JobEvent.CANCEL && known.state() == JobState.SUCCEEDED
                                ? Answer.accepted()
                                : super.fire(known, event, now, error);
                    }
                }),
                fault(
                        "two amendments with the same updateTime overwrite each other",
                        BrokenSystems.ComparesStateAndUpdateTimeOnly::new));
    }

    private static Instant local(Instant time, String zone) {
        ZoneId id = ZoneId.of(zone);
        return LocalDateTime.ofInstant(time, id).atZone(id).toInstant();
    }

    private static InventedFaults.Fault fault(String what, Supplier<JobSystem> system) {
        return new InventedFaults.Fault(what, "", system);
    }

    private static InventedFaults.Fault keyed(String what, UnaryOperator<String> key) {
        return new InventedFaults.Fault(what, "projects/", () -> new ReferenceSystem(AUTHORITY) {
            @Override
            public JobSnapshot submit(String name, Instant now) {
                JobSnapshot job = JobSnapshot.of(name, JobState.UNSPECIFIED);
                jobs.put(key.apply(name), job);
                return job;
            }

            @Override
            public JobSnapshot read(String name) {
                return jobs.get(key.apply(name));
            }

            @Override
            protected boolean store(JobSnapshot known, JobSnapshot next) {
                return jobs.replace(key.apply(known.name()), known, next);
            }
        });
    }

    private static InventedFaults.Fault timed(String what, UnaryOperator<Instant> kept) {
        Function<Instant, Instant> orNull = time -> time == null ? null : kept.apply(time);
        return fault(what, () -> new ReferenceSystem(AUTHORITY) {
            @Override
            public JobSnapshot read(String name) {
                JobSnapshot job = jobs.get(name);
                return job == null
                        ? null
                        : job.withCreateTime(orNull.apply(job.createTime()))
                                .withStartTime(orNull.apply(job.startTime()))
                                .withEndTime(orNull.apply(job.endTime()))
                                .withUpdateTime(orNull.apply(job.updateTime()));
            }
        });
    }

    private interface ByItself {
        JobSnapshot change(JobSnapshot before, JobSnapshot after);
    }

    private static InventedFaults.Fault running(String what, ByItself change) {
        return fault(what, () -> new SelfRunning(AUTHORITY) {
            @Override
            JobSnapshot byItself(JobSnapshot before, JobSnapshot after) {
                return change.change(before, after);
            }
        });
    }

    static JobSystem pausesByItself() {
        return new SelfRunning(AUTHORITY.without(JobTransition.RUNNING_TO_PAUSED)) {
            @Override
            JobSnapshot byItself(JobSnapshot before, JobSnapshot after) {
                return after.state() == JobState.SUCCEEDED
                        ? before.withState(JobState.PAUSED).withUpdateTime(after.updateTime())
                        : after;
            }
        };
    }
}
