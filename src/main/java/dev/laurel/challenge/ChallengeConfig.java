package dev.laurel.challenge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/**
 * Settings of challenges; those of the caches themselves are derived from them in {@code application.properties}.
 */
@ConfigMapping(prefix = "laurel.challenge")
public interface ChallengeConfig {
    /** Maximum number of definitions, and pages of them, cached in the process; the least recently used are evicted. */
    @WithDefault("10000")
    long cached();

    /** Maximum number of lists of submissions cached in the process. */
    @WithDefault("2000")
    long cachedSubmissions();

    /** How long a list of submissions is cached; a new submission evicts it in every process within a second. */
    @WithDefault("30S")
    Duration submissionsCachedFor();

    /** Maximum number of lists of what has been cleared cached in the process. */
    @WithDefault("10000")
    long cachedCleared();

    /** How long a list of what has been cleared is cached; a new clearing evicts it in every process within a second. */
    @WithDefault("60S")
    Duration clearedCachedFor();

    /** Characters of submissions that may be in progress at once; beyond it a submission is refused with 503. */
    @WithDefault("16000000")
    long maxInProgress();
}
