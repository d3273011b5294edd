package dev.laurel.achievement.rule;

/** What a condition of an achievement measures of a player. Each is a function of the present data of that player. */
public enum Measure {
    /** The total in a window of a board that adds up. */
    TOTAL(true, true),
    /** The score in a window of a board that keeps the best or the latest. */
    SCORE(true, true),
    /** How many events the player has on a board. */
    EVENTS(true, false),
    /** The most days in a row, in the board's time zone, on which the player has events there. */
    STREAK_DAYS(false, false),
    /** How many attempts on a board the player has completed. */
    OUTCOMES(true, false),
    /** How many variants of challenges the player has cleared. */
    CHALLENGES(false, false),
    /** The rank in a closed window. */
    FINAL_RANK(true, true),
    /** The percentile in a closed window. */
    FINAL_PERCENTILE(true, true);

    private final boolean repeats;
    private final boolean hasPeriod;

    Measure(boolean repeats, boolean hasPeriod) {
        this.repeats = repeats;
        this.hasPeriod = hasPeriod;
    }

    /** Whether it can be measured for each window. */
    public boolean canRepeat() {
        return repeats;
    }

    /** Whether it is measured in the windows of one period. */
    public boolean hasPeriod() {
        return hasPeriod;
    }

    /** Whether a closing decides it. */
    public boolean isFinal() {
        return this == FINAL_RANK || this == FINAL_PERCENTILE;
    }

    /** Whether it is the standing of a player. */
    public boolean isStanding() {
        return this == TOTAL || this == SCORE;
    }

    /** Whether it is counted from the days of a player. */
    public boolean isDaily() {
        return this == EVENTS || this == STREAK_DAYS || this == OUTCOMES;
    }

    /** Whether it can be restricted to a topic. */
    public boolean hasTag() {
        return this == OUTCOMES || this == CHALLENGES;
    }
}
