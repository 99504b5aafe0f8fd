package org.joblifecycle.cli.command;

/** The exit codes of the command. */
public final class Exit {
    /** No rule is broken and every line was read; or the command checks nothing and succeeded. */
    public static final int NOTHING_FOUND = 0;

    /** A rule is broken, or a line cannot be read. */
    public static final int SOMETHING_FOUND = 1;

    /** The work, or a part of it, could not be done. */
    public static final int FAILED = 2;

    private Exit() {}
}
