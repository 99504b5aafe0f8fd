package org.joblifecycle.cli;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.joblifecycle.cli.command.Console;
import org.joblifecycle.text.Escaped;
import org.jspecify.annotations.Nullable;

/** A progress bar for work that takes a while, on a terminal only. */
final class Progress implements ProgressBarConsumer {
    /** Stands for an unknown size of an input. With -1 the bar would ask the stream, and a pipe answers 0 bytes. */
    static final long UNKNOWN_SIZE = -2;

    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int WIDTH = 79;
    private static final int INTERVAL_MILLIS = 200;
    private static final long MEGABYTE = 1_000_000;

    private final Console console;
    private final Instant begin = Instant.now();

    private Progress(Console console) {
        this.console = console;
    }

    /** The same input; until it is closed, a bar shows how much of it was read. */
    static InputStream show(Console console, String what, InputStream in, long size) {
        if (!console.errIsTerminal()) {
            return in;
        }
        ProgressBarBuilder bar =
                bar(console, what).setInitialMax(size > 0 ? size : UNKNOWN_SIZE).setUnit(" MB", MEGABYTE);
        return ProgressBar.wrap(in, bar);
    }

    /** A bar that shows, until it is closed, how many of this number are done; null if standard error is not a terminal. */
    static @Nullable ProgressBar show(Console console, String what, long number) {
        return console.errIsTerminal()
                ? bar(console, what).setInitialMax(number).build()
                : null;
    }

    private static ProgressBarBuilder bar(Console console, String what) {
        return new ProgressBarBuilder()
                .setTaskName(Escaped.line(what))
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .continuousUpdate()
                .clearDisplayOnFinish()
                .setConsumer(new Progress(console));
    }

    @Override
    public int getMaxRenderedLength() {
        return WIDTH;
    }

    @Override
    public void accept(String bar) {
        if (Instant.now().isAfter(begin.plus(PATIENCE))) {
            console.showStatus(bar);
        }
    }

    @Override
    public void clear() {
        console.hideStatus();
    }

    @Override
    public void close() {
        console.hideStatus();
    }
}
