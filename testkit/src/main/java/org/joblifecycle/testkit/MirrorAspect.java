package org.joblifecycle.testkit;

import org.jspecify.annotations.Nullable;

/** What is judged of a mirror. */
enum MirrorAspect {
    /** What it keeps. */
    KEPT("kept", null),
    /** What it warns of. */
    WARNED("warned", MirrorCapability.WARNS),
    /** What it tells owners. */
    NOTIFIED("notified", MirrorCapability.NOTIFIES);

    private final String word;
    private final @Nullable MirrorCapability capability;

    MirrorAspect(String word, @Nullable MirrorCapability capability) {
        this.word = word;
        this.capability = capability;
    }

    /** What a mirror has to declare; null if every mirror is judged by this. */
    @Nullable
    MirrorCapability capability() {
        return capability;
    }

    /** The first word of the groups of its checks. */
    @Override
    public String toString() {
        return word;
    }
}
