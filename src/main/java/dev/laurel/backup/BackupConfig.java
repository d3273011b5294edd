package dev.laurel.backup;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.nio.file.Path;
import java.util.Optional;

/** Settings of backups. */
@ConfigMapping(prefix = "laurel.backup")
public interface BackupConfig {
    /** Where backups lie; a volume of all processes. Without one there are none. */
    Optional<Path> directory();

    /** The key that backups are encrypted with: 64 hexadecimal digits, or 32 bytes in Base64. Without one they are not. */
    Optional<String> key();

    /** A file that has the key, in its place. */
    Optional<Path> keyFile();

    /** When backups are made by themselves, in the format of Quartz: {@code 0 17 2 * * ?}. Read by {@link BackupSchedule}. */
    @WithDefault("off")
    String schedule();

    /** How many of those are kept; the ones made on request stay until they are deleted. */
    @WithDefault("14")
    int keep();

    /** Bytes of rows per second that a backup reads at most, so that requests go first. */
    @WithDefault("32M")
    MemorySize rate();
}
