package dev.laurel.platform.embedded.program;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The folder in which the programs are unpacked once for all runs of this user on this machine.
 *
 * <p>A program is unpacked next to its final place and moved there atomically, so that concurrent starts do not
 * collide.
 */
public final class ProgramCache {
    private final Path folder;

    private ProgramCache(Path folder) {
        this.folder = folder;
    }

    /** The first of the usual cache folders that we may write to and that the account can reach. */
    public static ProgramCache open(Account account, Settings settings) {
        List<Path> candidates = Stream.of(
                        settings.find("xdg.cache.home").map(Path::of).stream(),
                        settings.find("home").map(home -> Path.of(home, ".cache")).stream(),
                        Stream.of(Path.of(System.getProperty("user.home"), ".cache")),
                        Stream.of(Path.of(
                                System.getProperty("java.io.tmpdir"), "cache-" + System.getProperty("user.name"))))
                .flatMap(paths -> paths)
                .map(path -> path.resolve("laurel"))
                .toList();
        return candidates.stream()
                .filter(candidate -> usable(candidate, account))
                .findFirst()
                .map(ProgramCache::new)
                .orElseThrow(() -> new StoresUnavailableException(
                        "No folder was found to unpack PostgreSQL and Redis to; tried " + candidates + ".",
                        "Set XDG_CACHE_HOME to a folder that may be written,",
                        "or set LAUREL_POSTGRES_URL and LAUREL_REDIS_URL to servers of your own."));
    }

    /** The folder with PostgreSQL's programs. */
    public Path postgres(Platform platform) throws IOException {
        return unpacked("postgresql", platform.postgresResource(), TarXz::unpack);
    }

    /** The folder with the Redis server. */
    public Path redis(Platform platform) throws IOException {
        return unpacked("redis", platform.redisResource(), (content, target) -> {
            Path program = target.resolve(RedisProgram.PROGRAM);
            Files.copy(content, program);
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        });
    }

    private Path unpacked(String name, String resource, Unpacker unpacker) throws IOException {
        Path place = folder.resolve(name + "-" + version(resource));
        if (Files.isDirectory(place)) {
            return place;
        }
        Path beside = folder.resolve("." + name + "-" + UUID.randomUUID());
        Folders.create(beside, "rwxr-xr-x");
        try (InputStream content = open(resource)) {
            unpacker.unpack(content, beside);
            Folders.publish(beside, place);
        } catch (IOException e) {
            Folders.delete(beside);
            throw e;
        }
        return place;
    }

    /** The checksum stands in for the version, which not all resources state. */
    private static String version(String resource) throws IOException {
        CRC32C checksum = new CRC32C();
        byte[] buffer = new byte[1 << 16];
        try (InputStream content = open(resource)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                checksum.update(buffer, 0, read);
            }
        }
        return Long.toHexString(checksum.getValue());
    }

    private static InputStream open(String resource) throws IOException {
        InputStream content = ProgramCache.class.getClassLoader().getResourceAsStream(resource);
        if (content == null) {
            throw new IOException("The program " + resource + " is not on the class path");
        }
        return content;
    }

    private static boolean usable(Path candidate, Account account) {
        try {
            // In a shared temporary folder another user may have put programs under this name.
            Files.createDirectories(candidate);
            Path probe = Files.createTempFile(candidate, ".probe", "");
            boolean ours = Files.getOwner(candidate).equals(Files.getOwner(probe));
            Files.delete(probe);
            return ours && account.reaches(candidate);
        } catch (IOException e) {
            return false;
        }
    }

    /** Turns the content of a resource into the files of a folder. */
    @FunctionalInterface
    private interface Unpacker {
        void unpack(InputStream content, Path target) throws IOException;
    }
}
