package dev.laurel.platform.accesslog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the access log. */
@ConfigMapping(prefix = "laurel.access-log")
public interface AccessLogConfig {
    /** Whether there is one. The main class turns it off with embedded stores, as the profiles of development and tests do. */
    @WithDefault("true")
    boolean enabled();

    /** A file that lines are appended to; by default they go to standard output. */
    Optional<Path> file();

    /** Only requests that took this long, and those that failed with 5xx. */
    @WithDefault("0S")
    Duration minDuration();

    /** Lines that may wait to be written, some 100 bytes each; beyond it they are dropped and counted. */
    @WithDefault("16384")
    int maxWaiting();
}
