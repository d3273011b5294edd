package dev.laurel.demo;

import java.time.Instant;
import java.util.SortedMap;

/** How players of a board score. */
interface Play {
    /** What a player achieves at an instant, given some luck. */
    Numbers submit(Dice luck, String player, Instant at);

    /**
     * The numbers of one submission as a client writes them.
     *
     * @param metrics by further metrics
     */
    record Numbers(String score, SortedMap<String, String> metrics) {}
}
