package dev.laurel.platform.embedded.program;

import org.jboss.logging.Logger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds and ends the server left behind by a previous run that was killed. */
public final class Orphans {
    private static final Logger LOG = Logger.getLogger(Orphans.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);

    private Orphans() {}

    /** Ends the server that still uses this program's folder, in an orderly way if possible. */
    static void end(StoreProgram program) throws IOException {
        Optional<ProcessHandle> orphan = find(program.pidFile(), program.executables(), program.folder());
        if (orphan.isEmpty()) {
            return;
        }
        ProcessHandle process = orphan.get();
        LOG.infof(
                "Ending the %s that a killed run left behind (process %d); its data is kept",
                program.name(), process.pid());
        program.askToStop(process);
        if (!ended(process, program, PATIENCE)) {
            process.destroyForcibly();
            if (!ended(process, program, LAST_PATIENCE)) {
                throw new IOException(
                        program.name() + " of a previous run (process " + process.pid() + ") does not stop");
            }
        }
    }

    private static boolean ended(ProcessHandle process, StoreProgram program, Duration patience) throws IOException {
        return Waiting.until(patience, () -> !is(process.pid(), program.executables(), program.folder()));
    }

    /**
     * The process named by a pid file, if it really is that program on that folder.
     *
     * @param pidFile a file whose first line is a process id
     * @param programs the file names that the program may have
     * @param folder the folder the program works in, as a real path
     */
    static Optional<ProcessHandle> find(Path pidFile, Set<String> programs, Path folder) {
        return pid(pidFile).flatMap(ProcessHandle::of).filter(process -> is(process.pid(), programs, folder));
    }

    /** Whether this process is still one of these programs on that folder. */
    static boolean is(long pid, Set<String> programs, Path folder) {
        List<String> command = command(pid);
        // A process that has ended but has not been reaped by its parent has an empty command line.
        if (command.isEmpty() || !programs.contains(fileName(command.get(0)))) {
            return false;
        }
        return command.stream().anyMatch(argument -> pointsInto(argument, folder)) || worksIn(pid, folder);
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean pointsInto(String argument, Path folder) {
        return argument.equals(folder.toString()) || argument.startsWith(folder + "/");
    }

    /** The working directory follows a data folder that was moved; the command line does not. */
    private static boolean worksIn(long pid, Path folder) {
        try {
            return Files.isSameFile(Path.of("/proc", Long.toString(pid), "cwd"), folder);
        } catch (IOException e) {
            return false;
        }
    }

    public static Optional<Long> pid(Path pidFile) {
        try {
            return Files.readString(pidFile).lines().findFirst().map(line -> Long.valueOf(line.strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static List<String> command(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
            return line.isEmpty() ? List.of() : List.of(line.split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }
}
