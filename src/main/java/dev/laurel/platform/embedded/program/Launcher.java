package dev.laurel.platform.embedded.program;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts programs so that they survive a Ctrl-C at the terminal and run under any account.
 *
 * @param session the command prefix that gives a program a session of its own
 * @param account for programs that refuse to run as root
 */
public record Launcher(List<String> session, Account account) {
    private static final File NOTHING = new File("/dev/null");

    public static Launcher detect() {
        return new Launcher(Account.ownSession(), Account.unprivileged());
    }

    /** Starts a server as a child process that writes to this log. */
    public Process server(List<String> command, Path folder, Path log) throws IOException {
        return builder(join(session, command), folder, log)
                .redirectInput(NOTHING)
                .start();
    }

    /** The command as run under the account that servers accept. */
    public List<String> unprivileged(List<String> command) {
        return join(account.prefix(), command);
    }

    /** Runs a command to completion. */
    void run(List<String> command, RunFiles files, Duration patience) throws IOException {
        Process process = builder(join(session, unprivileged(command)), files.folder(), files.log())
                .redirectInput(files.input().toFile())
                .start();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(command.get(0) + " did not end within " + patience.toSeconds() + " seconds");
            }
            if (process.exitValue() != 0) {
                throw new IOException(command.get(0) + " ended with code " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for " + command.get(0));
        } finally {
            process.destroyForcibly();
        }
    }

    private static ProcessBuilder builder(List<String> command, Path folder, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
        // Variables that the user has set for PostgreSQL's tools are not meant for this server.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        return builder;
    }

    private static List<String> join(List<String> prefix, List<String> command) {
        return Stream.concat(prefix.stream(), command.stream()).toList();
    }

    /** The working folder, the input and the log of a command. */
    record RunFiles(Path folder, Path input, Path log) {}
}
