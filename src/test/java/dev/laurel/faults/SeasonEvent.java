package dev.laurel.faults;

/** An event sent to a board with seasons, and what was answered: an entry of the journal, which one sender writes. */
final class SeasonEvent {
    final String id;
    final int player;
    final int score;

    /** Milliseconds since 1970; null where the event said nothing of it, so that it counts when it arrives. */
    final Long occurredAt;

    /** An attempt was not answered, or not so that one would know whether it counts. */
    volatile boolean unsure;

    volatile boolean acknowledged;

    /** The window in which it counted, as the receipt said; empty when it named none. */
    volatile String window = "";

    SeasonEvent(String id, int player, int score, Long occurredAt) {
        this.id = id;
        this.player = player;
        this.score = score;
        this.occurredAt = occurredAt;
    }

    @Override
    public String toString() {
        return "%s (player %d, score %d, at %s, acknowledged %s in %s)"
                .formatted(id, player, score, occurredAt, acknowledged, window);
    }
}
