package dev.laurel.platform.embedded.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The account for programs that refuse to run as root.
 *
 * @param prefix precedes the command of such a program
 * @param foreign whether files must be handed over to that account and folders be accessible to it
 */
public record Account(List<String> prefix, boolean foreign) {
    static final int NOBODY = 65_534;
    private static final long PROBE_SECONDS = 5;

    /** The account of this process, or for root one that PostgreSQL accepts. */
    static Account unprivileged() {
        return isRoot() ? besideRoot() : new Account(List.of(), false);
    }

    /**
     * The command prefix that starts a program in a session of its own, which a Ctrl-C at the terminal does not reach.
     */
    static List<String> ownSession() {
        return works(List.of("setsid")) ? List.of("setsid") : List.of();
    }

    private static Account besideRoot() {
        // In a user namespace of its own the process keeps its files but does not see itself as root.
        List<String> namespace = List.of("unshare", "-U");
        if (works(namespace)) {
            return new Account(namespace, false);
        }
        List<String> nobody = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        if (works(nobody)) {
            return new Account(nobody, true);
        }
        throw new StoresUnavailableException(
                "PostgreSQL refuses to run as root, and neither `unshare -U` nor `setpriv` (util-linux) works here.",
                "Start the service as an ordinary user,",
                "or start a PostgreSQL yourself and set LAUREL_POSTGRES_URL to its address.");
    }

    /** Hands a file or folder over to the account, if it differs from ours. */
    public void own(Path path) throws IOException {
        if (foreign) {
            Files.setAttribute(path, "unix:uid", NOBODY);
            Files.setAttribute(path, "unix:gid", NOBODY);
        }
    }

    /** Whether the account can reach this folder: each folder on the way must be traversable. */
    boolean reaches(Path folder) throws IOException {
        if (!foreign) {
            return true;
        }
        for (Path step = folder.toAbsolutePath(); step != null; step = step.getParent()) {
            if (Files.exists(step)
                    && !Files.getPosixFilePermissions(step).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRoot() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            // "Uid:" real, effective, saved and file system ids
            return lines.filter(line -> line.startsWith("Uid:")).anyMatch(line -> line.split("\\s+")[2].equals("0"));
        } catch (IOException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    private static boolean works(List<String> prefix) {
        try {
            Process probe = new ProcessBuilder(
                            Stream.concat(prefix.stream(), Stream.of("true")).toList())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = probe.waitFor(PROBE_SECONDS, TimeUnit.SECONDS);
            probe.destroyForcibly();
            return ended && probe.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
