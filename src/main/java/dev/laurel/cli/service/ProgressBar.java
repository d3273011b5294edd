package dev.laurel.cli.service;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A line on a terminal that is drawn again while something goes on; nothing where nobody looks. */
public final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final Path STDERR = Path.of("/proc/self/fd/2");

    private final PrintStream terminal;
    private int drawn;

    /** @param terminal null for none */
    ProgressBar(PrintStream terminal) {
        this.terminal = terminal;
    }

    /** On the standard error stream, if that is a terminal and a person is to read it. */
    public static ProgressBar onTerminal(boolean wanted) {
        return new ProgressBar(wanted && isTerminal() ? System.err : null);
    }

    /** The console of newer Java exists without a terminal, too. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(STDERR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }

    /**
     * Draws the line.
     *
     * @param share from 0 to 1
     * @param text what stands next to the bar
     */
    public void draw(double share, String text) {
        if (terminal == null) {
            return;
        }
        String line = line(share, text);
        terminal.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
        terminal.flush();
        drawn = line.length();
    }

    static String line(double share, String text) {
        double bounded = Math.max(0, Math.min(1, share));
        int full = (int) (bounded * WIDTH);
        return "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] " + (int) (bounded * 100) + " %  " + text;
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (terminal != null && drawn > 0) {
            terminal.print("\r" + " ".repeat(drawn) + "\r");
            terminal.flush();
            drawn = 0;
        }
    }
}
