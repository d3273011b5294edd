package dev.laurel.platform.embedded.program;

import org.jboss.logging.Logger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** PostgreSQL with durable settings: an acknowledged commit is on disk. */
public final class PostgresProgram implements StoreProgram {
    private static final Logger LOG = Logger.getLogger(PostgresProgram.class);
    private static final Duration SIGNAL_PATIENCE = Duration.ofSeconds(10);
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "max_connections=100",
            "shared_buffers=256MB",
            "effective_cache_size=1GB",
            "max_wal_size=2GB",
            // JIT compilation of a plan takes longer than the service's short statements run.
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC",
            // The log is rotated only at startup, so messages that recur or quote statements are kept out of it.
            "log_checkpoints=off",
            "log_min_error_statement=panic");

    private final Path home;
    private final DataFolder data;
    private final Launcher launcher;
    private final Path log;

    public PostgresProgram(Path home, DataFolder data, Launcher launcher) throws IOException {
        this.home = home;
        this.data = data;
        this.launcher = launcher;
        this.log = data.freshLog("postgres.log");
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public Set<String> executables() {
        return Set.of("postgres");
    }

    @Override
    public Path folder() {
        return data.resolve("postgres");
    }

    @Override
    public Path pidFile() {
        return folder().resolve("postmaster.pid");
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public void prepare() throws IOException {
        if (!Files.isDirectory(folder())) {
            new PostgresCluster(home, data, launcher).create(folder(), log);
        }
        Orphans.end(this);
        clearForeignPid();
    }

    @Override
    public Process launch(int port) throws IOException {
        List<String> program = List.of(
                home.resolve("bin/postgres").toString(), "-D", folder().toString(), "-p", Integer.toString(port));
        List<String> settings =
                SETTINGS.stream().flatMap(setting -> Stream.of("-c", setting)).toList();
        List<String> command =
                Stream.concat(program.stream(), settings.stream()).toList();
        return launcher.server(launcher.unprivileged(command), data.path(), log);
    }

    @Override
    public boolean ready(int port) {
        try {
            List<String> lines = Files.readAllLines(pidFile());
            return lines.size() > STATUS_LINE
                    && lines.get(PORT_LINE).strip().equals(Integer.toString(port))
                    && lines.get(STATUS_LINE).strip().equals("ready");
        } catch (IOException e) {
            return false;
        }
    }

    /** Requests what PostgreSQL calls a fast shutdown: on SIGTERM it would wait for its clients. */
    @Override
    public void askToStop(ProcessHandle process) {
        List<String> command =
                List.of(home.resolve("bin/pg_ctl").toString(), "kill", "INT", Long.toString(process.pid()));
        try {
            launcher.run(command, new Launcher.RunFiles(data.path(), Path.of("/dev/null"), log), SIGNAL_PATIENCE);
        } catch (IOException e) {
            LOG.debugf(e, "The interrupt did not reach PostgreSQL; terminating it");
            process.destroy();
        }
    }

    /**
     * Removes a pid file whose process id now belongs to another program, as after a reboot.
     *
     * <p>PostgreSQL would take that program for itself. A file that names a dead process stays: PostgreSQL uses it to
     * find out whether helpers of the dead process are still running.
     */
    private void clearForeignPid() throws IOException {
        if (Orphans.pid(pidFile()).flatMap(ProcessHandle::of).isPresent()) {
            Files.delete(pidFile());
        }
    }
}
