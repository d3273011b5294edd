package dev.laurel.platform.embedded;

import dev.laurel.platform.embedded.program.Launcher;
import dev.laurel.platform.embedded.program.Logs;
import dev.laurel.platform.embedded.program.Ports;
import dev.laurel.platform.embedded.program.Waiting;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A PgBouncer in transaction mode in front of a PostgreSQL, where one is installed. */
public final class Pooler implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final PostgresAddress address;

    private Pooler(Process process, PostgresAddress address) {
        this.process = process;
        this.address = address;
    }

    /** The installed program. */
    public static Optional<Path> program() {
        return Stream.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it and returns when it accepts connections.
     *
     * @param servers connections to PostgreSQL, which all its clients share
     */
    public static Pooler start(PostgresAddress direct, Path folder, int servers) throws IOException {
        Launcher launcher = Launcher.detect();
        int port = Ports.free();
        Path home = Files.createDirectories(folder.toAbsolutePath());
        Path settings = Files.writeString(home.resolve("pgbouncer.ini"), settings(direct, port, servers));
        launcher.account().own(settings);
        List<String> command =
                launcher.unprivileged(List.of(program().orElseThrow().toString(), settings.toString()));
        Path log = home.resolve("pgbouncer.log");
        Process process = launcher.server(command, home, log);
        Waiting.until(PATIENCE, () -> !process.isAlive() || Reachability.accepts("127.0.0.1", port));
        if (!process.isAlive()) {
            throw new IOException("PgBouncer does not start: " + Logs.tail(log));
        }
        URI location =
                URI.create("postgresql://127.0.0.1:" + port + direct.location().getPath());
        return new Pooler(process, new PostgresAddress(location, direct.user(), direct.password()));
    }

    /** Nothing of a session is put back between transactions, so that whatever one leaves behind shows in the next. */
    private static String settings(PostgresAddress direct, int port, int servers) {
        String database = direct.location().getPath().substring(1);
        return """
                [databases]
                %s = host=127.0.0.1 port=%d dbname=%s user=%s password=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                default_pool_size = %d
                max_client_conn = 500
                server_reset_query_always = 0
                ignore_startup_parameters = extra_float_digits
                """.formatted(
                        database,
                        direct.port(),
                        database,
                        direct.user().orElseThrow(),
                        direct.password().orElseThrow(),
                        port,
                        servers);
    }

    /** Where it takes the place of PostgreSQL. */
    public PostgresAddress address() {
        return address;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
