package dev.laurel.imports;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of imports. */
@ConfigMapping(prefix = "laurel.imports")
public interface ImportConfig {
    /** Whether this process works on imports; it accepts uploads in any case. */
    @WithDefault("true")
    boolean enabled();

    /** Uploads that this process receives at once; each takes a megabyte of memory. */
    @WithDefault("4")
    int uploads();

    /** How long an upload may take. */
    @WithDefault("30M")
    Duration uploadTimeout();

    /** Imports that may wait; another is refused with 503. */
    @WithDefault("100")
    int maxWaiting();

    /** Imports that this process works on at once; there is never more than one of a board. */
    @WithDefault("1")
    int parallel();

    /** Maximum number of rows written in one transaction. */
    @WithDefault("2000")
    int chunk();

    /** Up to so many rows are shown as they are written; what a larger file has changed is shown at its end. */
    @WithDefault("2000")
    int shownAtOnce();

    /** Windows that the rows of a file may be in; rows in further ones are refused. Each window is opened, closed and archived. */
    @WithDefault("20000")
    int maxWindows();

    /** How long a worker pauses after a chunk, as a share of the time it took: what is left to requests. */
    @WithDefault("0.1")
    double pause();

    /** Refused rows of which the reasons are kept; the others are only counted. */
    @WithDefault("10000")
    long maxErrors();

    /** How long a process may be silent before another takes over its work. */
    @WithDefault("10s")
    Duration lease();

    /** How long a file is kept after its import has ended, in case it is resumed. */
    @WithDefault("7D")
    Duration keepFiles();

    /** How long an import stays in the history, with the reasons for refusals. */
    @WithDefault("365D")
    Duration keepHistory();

    /** Where files lie while they are read; default: the system's directory for temporary files. */
    java.util.Optional<String> directory();
}
