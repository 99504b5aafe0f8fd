package org.joblifecycle.testkit;

/** What a {@link MirrorSystem} can do, beside keeping what it observes. What it does not declare is reported as not tested. */
public enum MirrorCapability {
    /** It names the rules that an observation breaks: {@link MirrorSystem#observe} answers them. */
    WARNS,
    /** It notifies the owner of a job when the job ends: {@link MirrorSystem#notices}. */
    NOTIFIES,
    /**
     * It may be called by several threads at the same time, about several jobs and about the same one: two pollers that observe
     * the same end make one notice.
     */
    CONCURRENT
}
