package org.joblifecycle.transition;

import static java.util.Objects.requireNonNull;

import io.vavr.control.Option;

/**
 * Why an edge or a rule is there.
 *
 * @param basis how strong the evidence is
 * @param source where the sentence stands; present exactly for {@link Basis#DOCUMENTED}
 * @param text the sentence or the declaration of the documentation word for word, what was seen, or the reason
 * @param note what else a reader should know; empty if nothing
 */
public record Evidence(Basis basis, Option<Source> source, String text, String note) {

    /** Checks that nothing is null, and that a source is given exactly for what is documented. */
    public Evidence {
        requireNonNull(basis, "basis");
        requireNonNull(text, "text");
        requireNonNull(note, "note");
        if (requireNonNull(source, "source").isDefined() != (basis == Basis.DOCUMENTED)) {
            throw new IllegalArgumentException("a source goes with DOCUMENTED and nothing else, not with " + basis);
        }
    }

    /** How strong the evidence is. */
    public enum Basis {
        /** A sentence of the documentation says so. */
        DOCUMENTED,
        /** Seen in recorded jobs; no sentence says so. */
        OBSERVED,
        /** Neither; the reason is given. */
        INFERRED
    }

    /**
     * Where a sentence of the documentation stands.
     *
     * @param file a file of Google's API definitions below {@code google/cloud/aiplatform}, such as
     *     {@code v1/job_state.proto}
     * @param element what the sentence describes, such as {@code TuningJob.start_time}
     */
    public record Source(String file, String element) {

        /** Checks that nothing is null. */
        public Source {
            requireNonNull(file, "file");
            requireNonNull(element, "element");
        }

        /** One line, such as {@code TuningJob.start_time (v1/tuning_job.proto)}. */
        @Override
        public String toString() {
            return element + " (" + file + ")";
        }
    }

    /** Evidence that is a sentence of the documentation, word for word. */
    public static Evidence documented(Source source, String sentence) {
        return new Evidence(Basis.DOCUMENTED, Option.some(source), sentence, "");
    }

    /** Evidence that was seen in recorded jobs. */
    public static Evidence observed(String what) {
        return new Evidence(Basis.OBSERVED, Option.none(), what, "");
    }

    /** Evidence that is neither: the reason. */
    public static Evidence inferred(String reason) {
        return new Evidence(Basis.INFERRED, Option.none(), reason, "");
    }

    /** This evidence with a note: what else a reader should know. */
    public Evidence note(String note) {
        return new Evidence(basis, source, text, note);
    }

    /** One line, such as {@code DOCUMENTED: "The job failed." JobState.JOB_STATE_FAILED (v1/job_state.proto)}. */
    @Override
    public String toString() {
        String line = source.map(at -> basis + ": \"" + text + "\" " + at).getOrElse(() -> basis + ": " + text);
        return note.isEmpty() ? line : line + "; " + note;
    }
}
