package org.joblifecycle.cli.command;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.joblifecycle.text.Escaped;

/** The streams of the command: text in UTF-8, lines that end with LF, colours only on a terminal. */
public final class Console {
    private static final String ERASE_LINE = "\r\u001b[K";

    private final InputStream in;
    private final Writer out;
    private final PrintWriter err;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private final boolean colours;
    private boolean statusShown;
    private boolean outputFailed;

    /**
     * A console of these streams.
     *
     * @param wantsColours whether to use colours if the output is a terminal
     */
    public Console(
            InputStream in,
            OutputStream out,
            OutputStream err,
            boolean outIsTerminal,
            boolean errIsTerminal,
            boolean wantsColours) {
        this.in = in;
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.err = new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
        this.outIsTerminal = outIsTerminal;
        this.errIsTerminal = errIsTerminal;
        this.colours = outIsTerminal && wantsColours;
    }

    /** The console of this process; the launcher tells which of its streams are terminals. */
    public static Console ofProcess() {
        return new Console(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                Boolean.getBoolean("job-lifecycle.terminal.stdout"),
                Boolean.getBoolean("job-lifecycle.terminal.stderr"),
                System.getenv().getOrDefault("NO_COLOR", "").isEmpty());
    }

    /** Standard input. */
    public InputStream in() {
        return in;
    }

    /** Whether standard error is a terminal. */
    public boolean errIsTerminal() {
        return errIsTerminal;
    }

    /** Whether text is coloured. */
    public boolean hasColours() {
        return colours;
    }

    /**
     * Prints a line, or several; on a terminal at once.
     *
     * @throws OutputFailed if it cannot be written
     */
    public synchronized void print(String lines) {
        if (outIsTerminal) {
            hideStatus(); // it may be the same terminal
        }
        try {
            out.write(lines);
            out.write('\n');
        } catch (IOException e) {
            throw failed(e);
        }
        if (outIsTerminal) {
            flush();
        }
    }

    /**
     * Writes what was printed; nothing more once that has failed.
     *
     * @throws OutputFailed if it cannot be written
     */
    public synchronized void flush() {
        if (outputFailed) {
            return;
        }
        try {
            out.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private OutputFailed failed(IOException e) {
        outputFailed = true;
        return new OutputFailed(e);
    }

    /** Says on standard error, in one line, why something could not be done. */
    public synchronized void complain(String message) {
        hideStatus();
        err.println("job-lifecycle: " + Escaped.line(message));
    }

    /** Shows a line on the terminal of standard error; it replaces the one shown before. */
    public synchronized void showStatus(String line) {
        err.print("\r" + line);
        err.flush();
        statusShown = true;
    }

    /** Removes the line that was shown. */
    public synchronized void hideStatus() {
        if (statusShown) {
            err.print(ERASE_LINE);
            err.flush();
            statusShown = false;
        }
    }

    /** Standard output cannot be written: nobody reads it, or the disk is full. */
    public static final class OutputFailed extends RuntimeException {
        private static final long serialVersionUID = 1;

        OutputFailed(IOException cause) {
            super(cause.getMessage(), cause);
        }

        /** Whether nobody reads it. */
        public boolean isClosedPipe() {
            return "Broken pipe".equals(getMessage());
        }
    }
}
