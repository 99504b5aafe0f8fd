package org.joblifecycle.flink.command;

import org.joblifecycle.cli.command.Console;

/** The entry point of the command, whose jobs run on a cluster within its process. */
public final class LocalCommand {
    private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

    private LocalCommand() {}

    /**
     * Runs the command and exits with its code: 0 nothing found, 1 something found, 2 the work could not be done. Flink logs nothing
     * unless the level of slf4j-simple is set.
     */
    public static void main(String[] args) {
        if (System.getProperty(LOG_LEVEL) == null) {
            System.setProperty(LOG_LEVEL, "off");
        }
        System.exit(FlinkCommand.run(Console.ofProcess(), args)); // threads of Flink would go on
    }
}
