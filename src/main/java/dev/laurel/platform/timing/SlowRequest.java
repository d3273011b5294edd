package dev.laurel.platform.timing;

import dev.laurel.platform.meters.Step;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A request that took long. It names no board and no player.
 *
 * @param at when it was answered
 * @param path as a template, such as {@code /api/v1/boards/{board}}
 * @param steps that took 0.1 ms or more, in order
 */
public record SlowRequest(
        Instant at, String method, String path, int status, SpeedClass speed, Duration took, List<Step> steps) {}
