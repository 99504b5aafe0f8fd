package org.joblifecycle.docs.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import org.joblifecycle.docs.guide.EmulatorTest.Emulator;
import org.joblifecycle.docs.guide.PollerTest.Poller;
import org.joblifecycle.docs.guide.TestedSystems.Store;
import org.joblifecycle.job.JobKind;
import org.joblifecycle.job.JobSnapshot;
import org.joblifecycle.json.JobJson;
import org.joblifecycle.json.TuningJobJson;
import org.joblifecycle.testkit.History;
import org.joblifecycle.testkit.Mutant;
import org.joblifecycle.testkit.PollLog;
import org.joblifecycle.testkit.jqwik.AnyJob;
import org.joblifecycle.testkit.jqwik.JobArbitraries;
import org.joblifecycle.testkit.jqwik.JobDomain;
import org.joblifecycle.transition.IllegalUpdateException;
import org.joblifecycle.transition.JobEvent;
import org.joblifecycle.transition.JobLifecycle;
import org.joblifecycle.transition.Verdict;
import org.joblifecycle.tuning.TuningJob;

class GeneratorsProperties {
    private final Clock clock = Clock.fixed(Jobs.NOON, ZoneOffset.UTC);

    // guide: poll-logs
    @Property
    @Domain(JobDomain.class)
    void aHealthyJobRaisesNoWarning(@ForAll PollLog log) {
        Poller poller = new Poller(log.lifecycle());
        log.polls().forEach(poll -> poller.observe(poll.job().withName("7"))); // UNSPECIFIED, it may have none

        assertEquals(List.of(), poller.warnings());
    }
    // end

    // guide: histories
    static class TuningJobs extends JobDomain {
        TuningJobs() {
            super(JobLifecycle.observer(JobKind.TUNING_JOB));
        }
    }

    @Property
    @Domain(TuningJobs.class)
    void theOwnerIsNotifiedOfTheEndOnly(@ForAll History history) {
        Poller poller = new Poller(history.lifecycle());
        history.snapshots().forEach(poller::observe);

        assertEquals(
                history.last().state().isTerminal() ? 1 : 0, poller.notices().size());
    }
    // end

    // guide: mutants
    @Property
    void anIllegalUpdateIsRefusedForTheRule(@ForAll("mutants") Mutant mutant) {
        JobSnapshot known = mutant.before().get();
        Store store = new Store();
        store.jobs.put(known.name(), known);

        Verdict verdict = store.update(known, mutant.after()).orElseThrow();

        assertEquals(mutant.rule(), verdict.violations().get().rule());
        assertEquals(Optional.of(known), store.find(known.name()));
    }

    @Provide
    Arbitrary<Mutant> mutants() {
        return JobArbitraries.of(Store.OWNER)
                .mutants()
                .filter(mutant -> mutant.before().isDefined()); // the others are first snapshots
    }
    // end

    // guide: events
    @Property
    @Domain(JobDomain.class)
    void anySequenceOfEventsMakesALegalHistory(@ForAll Seq<JobEvent> events) {
        Emulator emulator = new Emulator(clock);
        List<JobSnapshot> snapshots = new ArrayList<>(List.of(emulator.create(Jobs.TUNING_JOB)));
        for (JobEvent event : events) {
            try {
                snapshots.add(emulator.fire(Jobs.TUNING_JOB, event, null));
            } catch (IllegalUpdateException e) {
                snapshots.add(emulator.find(Jobs.TUNING_JOB).orElseThrow()); // as it was before
            }
        }
        assertTrue(JobLifecycle.authority(JobKind.TUNING_JOB).replay(snapshots).forAll(Verdict::isLegal));
    }
    // end

    // guide: jobs
    @Property
    @Domain(JobDomain.class)
    void aJobSurvivesItsTransportAsJson(@ForAll JobSnapshot job) {
        assertEquals(Validation.valid(job), JobJson.read(JobJson.write(job)));
    }
    // end

    // guide: any-jobs
    @Property
    @Domain(JobDomain.class)
    void nothingOfATuningJobIsLostInItsTransportAsJson(@ForAll @AnyJob TuningJob job) {
        assertEquals(Validation.valid(job), TuningJobJson.read(TuningJobJson.write(job)));
    }
    // end
}
