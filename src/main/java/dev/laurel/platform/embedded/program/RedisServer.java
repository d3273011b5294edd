package dev.laurel.platform.embedded.program;

import org.jboss.logging.Logger;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Redis server that is started: an installed one of version 7 or newer, or the bundled one.
 *
 * <p>An installed one comes first, since distributions build it with an allocator of its own (jemalloc), with which a script
 * costs about two thirds of the processor time that the bundled, fully static one needs (ADR 0078).
 *
 * @param program the executable
 * @param reason which one it is and why, for the log of the start
 */
public record RedisServer(Path program, String reason) {
    /** The file names under which installed servers are looked for, in this order. */
    static final List<String> NAMES = List.of("redis-server", "valkey-server");

    private static final Logger LOG = Logger.getLogger(RedisServer.class);
    private static final String SETTING = "laurel.embedded.redis";
    private static final String INSTALLED_OR_BUNDLED = "auto";
    private static final String BUNDLED = "bundled";
    private static final int OLDEST_MAJOR = 7;
    private static final int PROBE_SECONDS = 5;
    private static final int MOST_BYTES = 4_096;
    /** As in "Redis server v=7.0.15 sha=…" and "Valkey server v=8.0.1 sha=…". */
    private static final Pattern VERSION = Pattern.compile("\\bv=(\\d{1,4}\\.\\d[\\w.-]*)");

    /**
     * Chooses as {@code laurel.embedded.redis} says: {@code auto}, {@code bundled}, or the absolute path of a server.
     *
     * @throws StoresUnavailableException if the setting names something that is no such server
     */
    public static RedisServer choose(Settings settings, ProgramCache programs, Platform platform) throws IOException {
        String wanted = settings.find(SETTING).orElse(INSTALLED_OR_BUNDLED);
        if (wanted.equals(BUNDLED)) {
            return bundled(programs, platform, "as " + SETTING + " says");
        }
        if (!wanted.equals(INSTALLED_OR_BUNDLED)) {
            return named(Path.of(wanted));
        }
        List<String> refused = new ArrayList<>();
        for (Path candidate : candidates(settings)) {
            Optional<String> version = version(candidate);
            if (version.filter(RedisServer::newEnough).isPresent()) {
                return new RedisServer(
                        candidate,
                        candidate + " " + version.get() + ", which is installed; " + SETTING
                                + "=bundled takes the bundled one");
            }
            refused.add(candidate + " is "
                    + version.map(text -> "of version " + text).orElse("of no known version"));
        }
        String why = refused.isEmpty()
                ? "as no " + String.join(" or ", NAMES) + " is on the PATH"
                : "as " + String.join(", ", refused) + ", and " + OLDEST_MAJOR + " or newer is needed";
        return bundled(programs, platform, why);
    }

    private static RedisServer bundled(ProgramCache programs, Platform platform, String why) throws IOException {
        return new RedisServer(programs.redis(platform).resolve(RedisProgram.PROGRAM), "the bundled one, " + why);
    }

    private static RedisServer named(Path program) {
        Optional<String> version = program.isAbsolute() ? version(program) : Optional.empty();
        if (version.filter(RedisServer::newEnough).isEmpty()) {
            throw new StoresUnavailableException(
                    SETTING + " is " + program + ", which is "
                            + version.map(text -> "of version " + text).orElse("no Redis or Valkey server") + ".",
                    "Set it to auto, to bundled,",
                    "or to the absolute path of a redis-server or valkey-server of version " + OLDEST_MAJOR
                            + " or newer.");
        }
        return new RedisServer(program, program + " " + version.get() + ", as " + SETTING + " says");
    }

    /** Relative folders on the PATH are left out: they would let the folder of the start choose what runs. */
    private static List<Path> candidates(Settings settings) {
        List<Path> folders = settings.variable("PATH").stream()
                .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
                .filter(folder -> folder.startsWith("/"))
                .map(Path::of)
                .toList();
        return NAMES.stream()
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
                .distinct()
                .toList();
    }

    private static boolean newEnough(String version) {
        return Integer.parseInt(version.substring(0, version.indexOf('.'))) >= OLDEST_MAJOR;
    }

    /** The version that the program itself reports; empty if it is no such server or does not answer. */
    private static Optional<String> version(Path program) {
        Process probe = null;
        try {
            probe = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            if (!probe.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
                return Optional.empty();
            }
            String answer = new String(probe.getInputStream().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            return VERSION.matcher(answer).results().findFirst().map(found -> found.group(1));
        } catch (IOException e) {
            LOG.debugf(e, "%s cannot be asked for its version", program);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            if (probe != null) {
                probe.destroyForcibly();
            }
        }
    }
}
