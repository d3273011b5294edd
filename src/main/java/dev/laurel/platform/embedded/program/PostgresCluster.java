package dev.laurel.platform.embedded.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Creates the files of a new PostgreSQL: the cluster, and the service's role and database. */
public final class PostgresCluster {
    public static final String USER = "laurel";
    public static final String DATABASE = "laurel";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path home;
    private final DataFolder data;
    private final Launcher launcher;

    PostgresCluster(Path home, DataFolder data, Launcher launcher) {
        this.home = home;
        this.data = data;
        this.launcher = launcher;
    }

    /**
     * Builds next to the final place and moves the finished cluster there, so that an interrupted start does not leave
     * a partial cluster.
     */
    void create(Path place, Path log) throws IOException {
        Path beside = data.resolve("postgres.new");
        Folders.delete(beside);
        Folders.create(beside, "rwx------");
        launcher.account().own(beside);
        Path password = data.privateFile("password.new", data.secret());
        launcher.account().own(password);
        Path statements = data.privateFile("statements.new", statements());
        try {
            run(initdb(beside, password), Path.of("/dev/null"), log);
            run(singleUser(beside), statements, log);
            Folders.publish(beside, place);
        } finally {
            Files.delete(password);
            Files.delete(statements);
        }
    }

    private void run(List<String> command, Path input, Path log) throws IOException {
        try {
            launcher.run(command, new Launcher.RunFiles(data.path(), input, log), PATIENCE);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; it wrote:" + System.lineSeparator() + Logs.tail(log), e);
        }
    }

    private List<String> initdb(Path folder, Path password) {
        return List.of(
                home.resolve("bin/initdb").toString(),
                "--pgdata=" + folder,
                "--username=postgres",
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // Sorts by code point, which no system library can change under an index.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
    }

    /** The server as a plain program that reads statements: no port is open while the roles are created. */
    private List<String> singleUser(Path folder) {
        return List.of(
                home.resolve("bin/postgres").toString(),
                "--single",
                "-D",
                folder.toString(),
                "-c",
                "exit_on_error=on",
                "postgres");
    }

    private String statements() throws IOException {
        return "CREATE ROLE " + USER + " LOGIN PASSWORD '" + data.secret() + "';\n" + "CREATE DATABASE " + DATABASE
                + " OWNER " + USER + ";\n";
    }
}
