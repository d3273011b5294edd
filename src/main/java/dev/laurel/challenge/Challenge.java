package dev.laurel.challenge;

import dev.laurel.challenge.ChallengeDefinition.Measure;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;

import java.time.Instant;

/**
 * One incarnation of a challenge.
 *
 * @param number internal; a challenge deleted and written again gets a new one
 * @param revision grows with every change
 */
public record Challenge(
        ChallengeKey key,
        int number,
        int revision,
        ChallengeDefinition definition,
        Instant createdAt,
        Instant updatedAt) {
    /**
     * Identifies this state of this incarnation of the challenge: it changes with every change of either, and never
     * recurs.
     */
    public String version() {
        return number + "." + revision;
    }

    /** @throws NotFound when there is no variant of this name */
    Variant variant(String name) {
        Variant variant = definition.variants().get(name);
        if (variant == null) {
            throw new NotFound("Challenge " + key.id() + " has no variant " + name);
        }
        return variant;
    }

    /**
     * @throws NotFound when there is no such variant
     * @throws Conflict when it accepts no submissions at an instant
     */
    void requireOpen(String name, Instant now) {
        Variant variant = variant(name);
        if (variant.isNotYetOpen(now)) {
            throw new Conflict("Variant " + name + " opens at " + variant.opensAt());
        }
        if (variant.isClosed(now)) {
            throw new Conflict("Variant " + name + " has been closed since " + variant.closesAt());
        }
    }

    /** @throws InvalidInput when a score is missing, or is given where none is compared */
    void requireMeasured(Attempt attempt) {
        boolean scored = definition.measure() == Measure.SCORE;
        if (scored && attempt.score() == null) {
            throw new InvalidInput("score", "is missing: the challenge compares submissions by it");
        }
        if (!scored && attempt.score() != null) {
            throw new InvalidInput("score", "must not be given: the challenge compares submissions by their length");
        }
    }
}
