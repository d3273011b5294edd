package dev.laurel.platform.faults;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/** Settings of error reports. */
@ConfigMapping(prefix = "laurel.sentry")
public interface SentryConfig {
    /** The address of a project in Sentry, or in a service that accepts its protocol; without it nothing is sent. */
    Optional<String> dsn();

    /** Which installation reports. */
    @WithDefault("production")
    String environment();

    /** The version that reports; by default that of the program. */
    Optional<String> release();

    /** Share of faults that are reported, from 0 to 1. */
    @WithDefault("1.0")
    double sampleRate();

    /** A fault at the same place is not reported again for this long. */
    @WithDefault("1M")
    Duration repeatAfter();

    /** Reports that may wait to be sent; beyond it they are dropped and counted. */
    @WithDefault("100")
    int maxWaiting();
}
