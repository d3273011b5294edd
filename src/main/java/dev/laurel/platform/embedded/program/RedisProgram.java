package dev.laurel.platform.embedded.program;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Redis without persistence: its contents are rebuilt from PostgreSQL after a start. */
public final class RedisProgram implements StoreProgram {
    static final String PROGRAM = "redis-server";
    private static final int PROBE_MILLIS = 1_000;

    private final Path server;
    private final DataFolder data;
    private final Launcher launcher;
    private final String secret;
    private final Path log;

    /**
     * Plans a server without starting it.
     *
     * @param server the executable
     */
    public RedisProgram(Path server, DataFolder data, Launcher launcher) throws IOException {
        this.server = server;
        this.data = data;
        this.launcher = launcher;
        this.secret = data.secret();
        this.log = data.freshLog("redis.log");
    }

    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public Set<String> executables() {
        // A run before this one may have chosen another server.
        return Stream.concat(
                        RedisServer.NAMES.stream(),
                        Stream.of(server.getFileName().toString()))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Path folder() {
        return data.resolve("redis");
    }

    @Override
    public Path pidFile() {
        return folder().resolve("redis.pid");
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public void prepare() throws IOException {
        Files.createDirectories(folder());
        Orphans.end(this);
    }

    @Override
    public Process launch(int port) throws IOException {
        // A file rather than arguments: other users of the machine can read the arguments of a process.
        Path settings = data.privateFile("redis/redis.conf", settings(port));
        List<String> command = List.of(server.toString(), settings.toString());
        return launcher.server(command, folder(), log);
    }

    @Override
    public boolean ready(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), PROBE_MILLIS);
            socket.setSoTimeout(PROBE_MILLIS);
            String request = "AUTH " + secret + "\r\nPING\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream answers = socket.getInputStream();
            String expected = "+OK\r\n+PONG\r\n";
            // While Redis loads its data it replies to the second command with an error, which is longer.
            return expected.equals(new String(answers.readNBytes(expected.length()), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void askToStop(ProcessHandle process) {
        process.destroy();
    }

    private String settings(int port) {
        return String.join(
                "\n",
                "bind 127.0.0.1",
                "port " + port,
                "requirepass " + secret,
                // Relative to the working directory, since its path may contain characters that would need quoting in
                // this file.
                "dir ./",
                "pidfile redis.pid",
                // The command line stays unchanged, so that a later run can recognize the process.
                "set-proc-title no",
                // Nothing that was there before a start is trusted after it, so nothing is kept on disk.
                "appendonly no",
                "save \"\"",
                "maxmemory-policy noeviction",
                "");
    }
}
