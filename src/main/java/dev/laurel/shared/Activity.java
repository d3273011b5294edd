package dev.laurel.shared;

import dev.laurel.shared.LaurelException.InvalidInput;

import java.util.List;

/**
 * What a player did to get a score: a lesson, a quiz, a task. Every part may be missing.
 *
 * @param name of the activity; null for none
 * @param tags topics of the activity, each once, in the order given
 * @param outcome null when the event is no attempt at anything
 * @param durationMs how long it took; null when unknown
 */
public record Activity(String name, List<String> tags, Outcome outcome, Long durationMs) {
    /** What nearly every event of a game has. */
    public static final Activity NONE = new Activity(null, List.of(), null, null);

    /** Maximum number of tags. */
    public static final int MAX_TAGS = 10;

    /** Maximum duration: 31 days. */
    public static final long MAX_DURATION_MS = 31L * 24 * 60 * 60 * 1000;

    /**
     * The activity as a client describes it.
     *
     * @throws InvalidInput naming the field that breaks a rule
     */
    public static Activity of(String name, List<String> tags, String outcome, Long durationMs) {
        if (name == null && tags == null && outcome == null && durationMs == null) {
            return NONE;
        }
        return new Activity(
                name == null ? null : Ids.require("activity", name),
                tags(tags),
                outcome == null ? null : Outcome.named("outcome", outcome),
                duration(durationMs));
    }

    private static List<String> tags(List<String> tags) {
        if (tags == null) {
            return List.of();
        }
        if (tags.size() > MAX_TAGS || tags.stream().anyMatch(tag -> tag == null || !Ids.isValid(tag))) {
            throw new InvalidInput(
                    "tags",
                    "must be at most " + MAX_TAGS
                            + " words of 1 to 128 letters, digits and ._:@|~+-, beginning with a letter or digit");
        }
        return tags.stream().distinct().toList();
    }

    private static Long duration(Long durationMs) {
        if (durationMs != null && (durationMs < 0 || durationMs > MAX_DURATION_MS)) {
            throw new InvalidInput("durationMs", "must be within 0 and " + MAX_DURATION_MS);
        }
        return durationMs;
    }

    public boolean isNone() {
        return name == null && tags.isEmpty() && outcome == null && durationMs == null;
    }

    /** How an attempt ended. */
    public enum Outcome {
        COMPLETED(1),
        FAILED(2),
        PARTIAL(3);

        private final short code;

        Outcome(int code) {
            this.code = (short) code;
        }

        /** Its number in the ledger. */
        public short code() {
            return code;
        }

        /** Null for null. */
        public static Outcome ofCode(Short code) {
            return code == null ? null : values()[code - 1];
        }

        /**
         * The outcome of that name.
         *
         * @throws InvalidInput when there is none
         */
        public static Outcome named(String field, String name) {
            for (Outcome outcome : values()) {
                if (outcome.name().equals(name)) {
                    return outcome;
                }
            }
            throw new InvalidInput(field, "must be one of COMPLETED, FAILED, PARTIAL");
        }
    }
}
