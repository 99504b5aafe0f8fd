package org.joblifecycle.tuning;

/** Who sets a field of a resource, and when. */
public enum FieldBehavior {
    /** The service alone sets it. In a request it is ignored by the convention of the API. */
    OUTPUT_ONLY,
    /** The client sets it in the request that creates the resource, and it stays. */
    IMMUTABLE,
    /** The client sets it, and may change it. */
    OPTIONAL
}
